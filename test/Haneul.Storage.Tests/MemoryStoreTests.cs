using Haneul.Storage.Memory;

namespace Haneul.Storage.Tests;

public sealed class MemoryStoreTests : StoreContract
{
    protected override ValueTask<IStore> OpenAsync() => ValueTask.FromResult(MemoryStore.Create());
}
