// Measures the store on this machine: time to open, point reads, scans, and durable commits at rising numbers of writers.
// Usage: Haneul.Storage.Bench [directory]; the directory decides which device is measured.
using System.Buffers.Binary;
using System.Diagnostics;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Storage.RocksDb;

var root = Directory.CreateDirectory(Path.Combine(args.Length > 0 ? args[0] : Path.GetTempPath(), $"haneul-bench-{Environment.ProcessId}"));
try
{
    Print($"resident before opening: {Resident()} MB");
    await OpenAsync("first start, empty");
    await OpenAsync("second start");

    await using (var memory = MemoryStore.Create())
    {
        await MeasureAsync("memory", memory);
    }

    foreach (var durability in (Durability[])[Durability.GroupCommit, Durability.Os])
    {
        await using var store = await RocksDbStore.OpenAsync(
            Path.Combine(root.FullName, $"{durability}"), new RocksDbStoreOptions { Durability = durability }, default);
        await MeasureAsync($"rocksdb {durability}", store);
        Print($"resident after measuring: {Resident()} MB");
    }

    await OpenAsync("start with data", $"{Durability.GroupCommit}");
}
finally
{
    root.Delete(recursive: true);
}

async Task OpenAsync(string what, string name = "empty")
{
    var started = Stopwatch.GetTimestamp();
    var store = await RocksDbStore.OpenAsync(Path.Combine(root.FullName, name), new RocksDbStoreOptions(), default);
    var opened = Stopwatch.GetElapsedTime(started);
    Print($"{what}: open {opened.TotalMilliseconds:F1} ms, resident {Resident()} MB");
    started = Stopwatch.GetTimestamp();
    await store.DisposeAsync();
    Print($"{what}: close {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F1} ms");
}

static async Task MeasureAsync(string name, IStore store)
{
    const int Keys = 100_000;
    var value = new byte[256];
    Random.Shared.NextBytes(value);
    var partition = store.Partition(PartitionId.Of("bench", "000000000000", "us-east-1", "table"));
    var key = new byte[4];
    var batch = new Batch();
    for (var i = 0; i < Keys; i++)
    {
        batch.Put(Key(key, i), value);
        if (batch.Count == 1000)
        {
            await partition.CommitAsync(batch);
            batch.Clear();
        }
    }

    Gets(name, partition, Keys);
    Scans(name, partition, Keys);
    foreach (var writers in (int[])[1, 16, 64])
    {
        await PutsAsync(name, store, writers, value, onePartition: true);
    }

    await PutsAsync(name, store, 64, value, onePartition: false);
}

static void Gets(string name, IPartition partition, int keys)
{
    Span<byte> key = stackalloc byte[4];
    var random = new Random(1);
    long found = 0;
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var started = Stopwatch.GetTimestamp();
    var count = 0;
    while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
    {
        for (var i = 0; i < 1000; i++, count++)
        {
            using var value = partition.Get(Key(key, random.Next(keys)));
            found += value.Exists ? 1 : 0;
        }
    }

    var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    Print($"{name}: {count / seconds:N0} point gets/s on one thread, "
        + $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)count:F1} bytes allocated each, all found: {found == count}");
}

static void Scans(string name, IPartition partition, int keys)
{
    var started = Stopwatch.GetTimestamp();
    var entries = 0L;
    foreach (var entry in partition.Scan(KeyRange.All))
    {
        entries += entry.Key.Length > 0 ? 1 : 0;
    }

    var full = Stopwatch.GetElapsedTime(started).TotalSeconds;
    Span<byte> key = stackalloc byte[4];
    var random = new Random(2);
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    started = Stopwatch.GetTimestamp();
    const int Pages = 2000;
    for (var i = 0; i < Pages; i++)
    {
        foreach (var entry in partition.Scan(KeyRange.All.From(Key(key, random.Next(keys))), limit: 10))
        {
            entries += entry.Key.Length > 0 ? 1 : 0;
        }
    }

    Print($"{name}: full scan {keys / full:N0} entries/s; {Pages / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} scans of 10/s, "
        + $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / Pages} bytes allocated each");
}

static async Task PutsAsync(string name, IStore store, int writers, byte[] value, bool onePartition)
{
    using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
    var allocated = GC.GetTotalAllocatedBytes();
    var started = Stopwatch.GetTimestamp();
    var latencies = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        var partition = store.Partition(PartitionId.Of("bench", "000000000000", "us-east-1", onePartition ? "table" : $"table{writer}"));
        var mine = new List<double>(100_000);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await partition.UpdateAsync((key: (writer << 24) | (i & 0xFFFF), value), static (current, batch, put) =>
            {
                Span<byte> key = stackalloc byte[4];
                Key(key, put.key);
                using var before = current.Get(key);
                batch.Put(key, put.value);
                return before.Exists;
            });
            mine.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return mine;
    })));
    var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    double[] all = [.. latencies.SelectMany(list => list).Order()];
    Print($"{name}: {all.Length / seconds:N0} read-decide-put commits/s with {writers} writers on {(onePartition ? "one partition" : "a partition each")}, "
        + $"p50 {all[all.Length / 2]:F2} ms, p99 {all[all.Length * 99 / 100]:F2} ms, {(GC.GetTotalAllocatedBytes() - allocated) / all.Length} bytes allocated each");
}

static ReadOnlySpan<byte> Key(Span<byte> buffer, int number)
{
    BinaryPrimitives.WriteInt32BigEndian(buffer, number);
    return buffer;
}

static long Resident() => Environment.WorkingSet >> 20;

static void Print(string line) => Console.WriteLine(line);
