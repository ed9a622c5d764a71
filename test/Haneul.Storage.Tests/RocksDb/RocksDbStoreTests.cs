using Haneul.Storage.RocksDb;

namespace Haneul.Storage.Tests.RocksDb;

public sealed class RocksDbStoreTests : StoreContract
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_was_committed_is_there_after_reopening()
    {
        var users = Store.Partition(PartitionId.Of("test", "users"));
        await PutAsync(users, "a", "1");
        await Store.DisposeAsync();

        await using var again = await OpenAsync();
        Assert.Equal("1", Read(again.Partition(users.Id), "a"));
    }

    [Fact]
    public async Task A_second_process_or_store_is_told_who_has_the_directory()
    {
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await OpenAsync());

        Assert.Equal(StorageFailure.Locked, refused.Failure);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    protected override ValueTask<IStore> OpenAsync() => RocksDbStore.OpenAsync(_directory.Path, new RocksDbStoreOptions(), Cancel);
}
