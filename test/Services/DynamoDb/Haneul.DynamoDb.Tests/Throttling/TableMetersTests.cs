using Haneul.DynamoDb.Metrics;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Throttling;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.DynamoDb.Tests.Throttling;

public sealed class TableMetersTests
{
    private const long Gigabyte = 1L << 30;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    [Fact]
    public async Task A_restart_keeps_what_a_table_has_scaled_to()
    {
        await using var store = MemoryStore.Create();
        var before = Make(store);
        var writes = before.Of(0, null).Writes;
        for (uint i = 0; i < 4; i++)
        {
            writes.Charge(i << 30, 1_000);
        }

        await before.SaveAsync(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromMinutes(31));
        var after = Make(store);
        after.Of(0, null).Writes.Charge(0, 1);
        Assert.Equal(8_000, after.Of(0, null).Writes.Capacity);
        Assert.Equal(12_000, after.Of(0, null).Reads.Capacity);
        Assert.Equal(8_000, after.Warm(s_record).Write);
    }

    [Fact]
    public async Task A_large_table_has_a_partition_for_every_10_gigabytes()
    {
        await using var store = MemoryStore.Create();
        var meters = Make(store);
        meters.Configure(s_record with { PayPerRequest = false, Throughput = new(40_000, 1), Warm = new(1, 1) });
        var reads = meters.Of(0, null).Reads;

        // 14 partitions of 40,000 read units are rounded up to 16; more data than that makes more of them.
        reads.Charge(0x0000_0000, 3_000);
        Assert.NotNull(reads.Check(0x0800_0000));
        _time.Advance(TimeSpan.FromSeconds(1));
        meters.Grow(s_record, _ => (1, 170 * Gigabyte));
        reads.Charge(0x0000_0000, 3_000);
        Assert.Null(reads.Check(0x0800_0000));
    }

    private static readonly TableRecord s_record = new()
    {
        Name = "tab",
        Id = "id",
        Created = DateTimeOffset.UnixEpoch,
        ReadyAt = DateTimeOffset.UnixEpoch,
        Epoch = 1,
        Partitions = 1,
        Attributes = [new("p", "S")],
        Hash = "p",
        PayPerRequest = true,
    };

    private TableMeters Make(IStore store)
    {
        var metrics = new TableMetrics(
            new MetricReporter(new ServiceCollection().BuildServiceProvider(), _time, NullLogger<MetricReporter>.Instance),
            AccountId.Default, Region.Default, "tab");
        var meters = new TableMeters("arn", store.Partition(PartitionId.Of("t")), _time, limited: true, metrics);
        meters.Configure(s_record);
        return meters;
    }
}
