using Haneul.Storage.Formats;
using Haneul.Storage.Memory;

namespace Haneul.Storage.Tests.Formats;

public sealed class StoreFormatTests
{
    private readonly IStore _store = MemoryStore.Create();
    private readonly List<int> _ran = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_store_gets_the_format_and_keeps_it()
    {
        await Format(3, "Haneul 3.0").EnsureAsync(_store, Cancel);
        await Format(3, "Haneul 3.1").EnsureAsync(_store, Cancel);

        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Newer_data_is_refused_with_both_versions()
    {
        await Format(7, "Haneul 2.0").EnsureAsync(_store, Cancel);
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await Format(3, "Haneul 1.4").EnsureAsync(_store, Cancel));

        Assert.Equal(StorageFailure.NewerFormat, refused.Failure);
        Assert.Equal(
            "The data has format 7, written by Haneul 2.0; this is Haneul 1.4, which knows formats up to 3. "
            + "Start Haneul 2.0 or later, or restore a backup that was made with Haneul 1.4. Nothing was changed.",
            refused.Message);
    }

    [Fact]
    public async Task Older_data_is_upgraded_step_by_step_and_once()
    {
        await Format(1, "Haneul 1.0").EnsureAsync(_store, Cancel);
        await Format(3, "Haneul 3.0", 1, 2).EnsureAsync(_store, Cancel);
        await Format(3, "Haneul 3.0", 1, 2).EnsureAsync(_store, Cancel);

        Assert.Equal([1, 2], _ran);
    }

    [Fact]
    public async Task An_interrupted_upgrade_goes_on_where_it_stopped()
    {
        await Format(1, "Haneul 1.0").EnsureAsync(_store, Cancel);
        var broken = new StoreFormat(3, "Haneul 3.0", [new Upgrade(1, _ran), new Upgrade(2, _ran, fails: true)]);
        await Assert.ThrowsAsync<IOException>(async () => await broken.EnsureAsync(_store, Cancel));
        await Format(3, "Haneul 3.0", 1, 2).EnsureAsync(_store, Cancel);

        Assert.Equal([1, 2, 2], _ran);
    }

    [Fact]
    public async Task Data_too_old_to_upgrade_is_refused()
    {
        await Format(1, "Haneul 1.0").EnsureAsync(_store, Cancel);
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await Format(3, "Haneul 3.0", 2).EnsureAsync(_store, Cancel));

        Assert.Contains("Start a version in between", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Data_without_a_mark_is_not_taken_for_new()
    {
        var batch = new Batch();
        batch.Put("k"u8, "v"u8);
        await _store.Partition(PartitionId.Of("other")).CommitAsync(batch);

        var refused = await Assert.ThrowsAsync<StorageException>(async () => await Format(1, "Haneul 1.0").EnsureAsync(_store, Cancel));
        Assert.Equal(StorageFailure.Corrupt, refused.Failure);
    }

    private StoreFormat Format(int version, string program, params int[] upgrades) =>
        new(version, program, [.. upgrades.Select(from => new Upgrade(from, _ran))]);

    private sealed class Upgrade(int from, List<int> ran, bool fails = false) : IStoreUpgrade
    {
        public int From => from;

        public ValueTask RunAsync(IStore store, CancellationToken cancel)
        {
            ran.Add(from);
            return fails ? throw new IOException("interrupted") : ValueTask.CompletedTask;
        }
    }
}
