using Haneul.Storage.Formats;
using Haneul.Storage.RocksDb;

namespace Haneul.Storage.Tests.RocksDb;

public sealed class CorruptionTests : IDisposable
{
    private const int Keys = 2000;

    private static readonly PartitionId s_id = PartitionId.Of("test", "corruption");

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_flipped_byte_in_a_table_refuses_to_open_and_names_the_file()
    {
        var table = await FillAsync();
        Flip(table, at: 1000);
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await OpenAsync(new RocksDbStoreOptions()));

        Assert.Equal(StorageFailure.Corrupt, refused.Failure);
        Assert.Contains(Path.GetFileName(table), refused.Message, StringComparison.Ordinal);
        Assert.Contains("Restore a backup", refused.Message, StringComparison.Ordinal);

        // Nothing was touched: with the byte put right, everything is there.
        Flip(table, at: 1000);
        await using var store = await OpenAsync(new RocksDbStoreOptions());
        Assert.Equal(Keys, Count(store));
    }

    [Fact]
    public async Task In_a_store_too_large_to_check_at_start_reading_the_damage_fails()
    {
        var table = await FillAsync();
        Flip(table, at: 100_000);
        await using var store = await OpenAsync(new RocksDbStoreOptions { VerifyUpTo = 0 });

        var refused = Assert.Throws<StorageException>(() => Count(store));
        Assert.Equal(StorageFailure.Corrupt, refused.Failure);
        Assert.Contains(Path.GetFileName(table), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_end_of_a_table_refuses_to_open_whatever_its_size()
    {
        var table = await FillAsync();
        Flip(table, at: (int)new FileInfo(table).Length - 20);
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await OpenAsync(new RocksDbStoreOptions { VerifyUpTo = 0 }));

        Assert.Equal(StorageFailure.Corrupt, refused.Failure);
        Assert.Contains(Path.GetFileName(table), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_refuses_to_open()
    {
        var table = await FillAsync();
        File.Delete(table);
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await OpenAsync(new RocksDbStoreOptions()));

        Assert.Equal(StorageFailure.Corrupt, refused.Failure);
        Assert.Contains(Path.GetFileName(table), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_inside_the_log_refuses_to_open()
    {
        await FillLogAsync();
        Flip(Log(), at: 5000);
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await OpenAsync(new RocksDbStoreOptions()));

        Assert.Equal(StorageFailure.Corrupt, refused.Failure);
    }

    [Fact]
    public async Task A_torn_last_record_of_the_log_is_left_out()
    {
        await FillLogAsync();
        using (var log = File.Open(Log(), FileMode.Open))
        {
            log.SetLength(log.Length - 10);
        }

        await using var store = await OpenAsync(new RocksDbStoreOptions());
        Assert.Equal(19, Count(store));
    }

    [Fact]
    public async Task Repair_keeps_undamaged_files_and_names_the_ones_it_left_out()
    {
        var table = await FillAsync();
        await FillAsync(firstKey: Keys);
        Flip(table, at: 100_000);
        var left = await RocksDbStore.RepairAsync(_directory.Path, Cancel);

        Assert.Contains(left, file => Path.GetFileName(file) == Path.GetFileName(table));
        await using var store = await OpenAsync(new RocksDbStoreOptions { VerifyAll = true });
        Assert.Equal(Keys, Count(store));
    }

    [Fact]
    public async Task Newer_data_is_refused_and_the_directory_is_let_go()
    {
        var newer = new StoreFormat(99, "Haneul 9.0", []);
        await (await RocksDbStore.OpenAsync(_directory.Path, new RocksDbStoreOptions(), newer, Cancel)).DisposeAsync();
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await OpenAsync(new RocksDbStoreOptions()));

        Assert.Equal(StorageFailure.NewerFormat, refused.Failure);
        await (await RocksDbStore.OpenAsync(_directory.Path, new RocksDbStoreOptions(), newer, Cancel)).DisposeAsync();
    }

    private static int Count(IStore store)
    {
        var count = 0;
        foreach (var entry in store.Partition(s_id).Scan(KeyRange.All))
        {
            count += entry.Value.Length > 0 ? 1 : 0;
        }

        return count;
    }

    private static void Flip(string file, int at)
    {
        using var stream = File.Open(file, FileMode.Open);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 0x10));
    }

    private ValueTask<IStore> OpenAsync(RocksDbStoreOptions options) => RocksDbStore.OpenAsync(_directory.Path, options, Cancel);

    // Enough for a clean stop to write a table.
    private async Task<string> FillAsync(int firstKey = 0)
    {
        var before = Directory.GetFiles(_directory.Path, "*.sst");
        await using (var store = await OpenAsync(new RocksDbStoreOptions()))
        {
            var random = new Random(1);
            var batch = new Batch();
            for (var i = 0; i < Keys; i++)
            {
                var value = new byte[1000];
                random.NextBytes(value);
                batch.Put(BitConverter.GetBytes(firstKey + i), value);
            }

            await store.Partition(s_id).CommitAsync(batch);
        }

        return Assert.Single(Directory.GetFiles(_directory.Path, "*.sst").Except(before));
    }

    private async Task FillLogAsync()
    {
        await using var store = await OpenAsync(new RocksDbStoreOptions());
        for (var i = 0; i < 20; i++)
        {
            var batch = new Batch();
            batch.Put(BitConverter.GetBytes(i), new byte[1000]);
            await store.Partition(s_id).CommitAsync(batch);
        }
    }

    private string Log() => Directory.GetFiles(_directory.Path, "*.log").MaxBy(file => new FileInfo(file).Length)!;
}
