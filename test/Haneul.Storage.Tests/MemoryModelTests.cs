using Haneul.Storage.Memory;

namespace Haneul.Storage.Tests;

public sealed class MemoryModelTests : ModelTests
{
    protected override ValueTask<IStore> OpenAsync() => ValueTask.FromResult(MemoryStore.Create());
}
