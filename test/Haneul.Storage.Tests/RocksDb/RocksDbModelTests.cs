using Haneul.Storage.RocksDb;

namespace Haneul.Storage.Tests.RocksDb;

public sealed class RocksDbModelTests : ModelTests
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override ValueTask<IStore> OpenAsync() => RocksDbStore.OpenAsync(
        _directory.Path, new RocksDbStoreOptions { Durability = Durability.Os, WriteBufferSize = 64 << 10 }, TestContext.Current.CancellationToken);
}
