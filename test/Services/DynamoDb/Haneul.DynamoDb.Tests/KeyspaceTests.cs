using System.Text;
using Haneul.DynamoDb.GlobalTables;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Metrics;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Tests.Values;
using Haneul.DynamoDb.Throttling;
using Haneul.DynamoDb.Values;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.DynamoDb.Tests;

/// <summary>The bytes on disk. Whoever changes them owes an upgrade.</summary>
public sealed class KeyspaceTests
{
    private const string Item = """{"c":{"N":"-12.5"},"g":{"S":"x"},"p":{"S":"a\u0000b"},"s":{"NS":["10","9"]},"v":{"M":{"k":{"L":[{"BOOL":true},{"NULL":true},{"B":"AQI="}]}}}}""";

    [Fact]
    public async Task Keys_and_values_keep_their_form()
    {
        await using var store = MemoryStore.Create();
        var table = Table(store);
        var item = AttributeMapTests.Parse(Item);
        var key = ItemKey.FromItem(table, item.Span);
        await table.PartitionOf(key.Token).UpdateAsync((table, item, key), static (current, batch, state) =>
        {
            var write = ItemWrite.Begin(current, batch, state.table)!;
            write.Put(state.key.Bytes, default, 0, state.item.Span, ItemSize.OfMap(state.item.Span), null);
            write.End();
            return true;
        });

        Assert.Equal(Expected, Lines(table.PartitionOf(key.Token)));
    }

    [Fact]
    public async Task What_is_kept_of_changes_keeps_its_form()
    {
        await using var store = MemoryStore.Create();
        var table = Table(store, Record() with
        {
            Indexes = [],
            Stream = new("NEW_AND_OLD_IMAGES", "1970-01-01T00:00:00.000", Enabled: true),
            Recovery = new(DateTimeOffset.UnixEpoch, 35),
            Replicas = [new("eu-west-1", Active: true)],
        });
        var item = AttributeMapTests.Parse("""{"c":{"N":"1"},"p":{"S":"a"}}""");
        var key = ItemKey.FromItem(table, item.Span);
        await table.PartitionOf(key.Token).UpdateAsync((table, item, key), static (current, batch, state) =>
        {
            var write = ItemWrite.Begin(current, batch, state.table)!;
            write.Replicate(state.key.Bytes, state.item.Span, new ItemVersion(100, "eu-west-1"));
            ReplicaCursor.Write(batch, "eu-west-1", 100);
            write.End();
            return true;
        });
        await table.PartitionOf(key.Token).UpdateAsync((table, key), static (current, batch, state) =>
        {
            var write = ItemWrite.Begin(current, batch, state.table)!;
            using var stored = write.Get(state.key.Bytes);
            write.Delete(state.key.Bytes, StoredItem.Read(stored.Span, out var size), size, units: null, expired: true);
            write.End();
            return true;
        });

        Assert.Equal(ExpectedOfChanges, Lines(table.PartitionOf(key.Token)));
    }

    [Fact]
    public void A_table_record_is_read_as_it_was_written()
    {
        var record = Record();
        var again = TableRecord.Decode(record.Encode());
        Assert.Equal(Encoding.UTF8.GetString(record.Encode()), Encoding.UTF8.GetString(again.Encode()));
        Assert.Equal(1, record.Encode()[0]);
    }

    [Fact]
    public void Tokens_are_what_they_were() => Assert.Equal(0x888D_766Eu, KeyCodec.Token("hello"u8));

    private static string Lines(IPartition partition)
    {
        var lines = new List<string>();
        foreach (var entry in partition.Scan(KeyRange.All))
        {
            lines.Add($"{Convert.ToHexStringLower(entry.Key)} {Convert.ToHexStringLower(entry.Value)}");
        }

        return string.Join('\n', lines);
    }

    private static TableRecord Record() => new()
    {
        Name = "tab",
        Id = "id",
        Created = DateTimeOffset.UnixEpoch,
        ReadyAt = DateTimeOffset.UnixEpoch,
        Epoch = 1,
        Partitions = 8,
        Attributes = [new("p", "S"), new("c", "N"), new("g", "S")],
        Hash = "p",
        Range = "c",
        Indexes =
        [
            new() { Number = 1, Name = "byG", Local = false, Hash = "g", Projection = "KEYS_ONLY" },
            new() { Number = 2, Name = "local", Local = true, Hash = "p", Range = "g", Projection = "INCLUDE", Included = ["s"] },
        ],
    };

    private static Table Table(IStore store) => Table(store, Record());

    private static Table Table(IStore store, TableRecord record)
    {
        IPartition[] partitions = [.. Enumerable.Range(0, record.Partitions)
            .Select(number => store.Partition(DynamoDbKeyspace.Part(AccountId.Default, Region.Default, record.Id, number)))];
        var arn = TableArn.Of(AccountId.Default, Region.Default, record.Name);
        var metrics = new TableMetrics(
            new MetricReporter(new ServiceCollection().BuildServiceProvider(), TimeProvider.System, NullLogger<MetricReporter>.Instance),
            AccountId.Default, Region.Default, record.Name);
        var meters = new TableMeters(arn.ToString(), partitions[0], TimeProvider.System, limited: false, metrics);
        return new Table(record, arn, partitions, new StreamSequence(partitions, floor: 0, new FakeTimeProvider(DateTimeOffset.UnixEpoch)), meters);
    }

    private const string Expected =
        "00 010000000100000000000000000000000000000000010000000000000020010000000000000001000000000000000b0200000000000000010000000000000010\n"
        + "017c0778a66100ff620001007cf2ccff 012005016302052d31322e35016701017801700103610062017305060201390231300176070c01016b0807030b0903020102\n"
        + "02027c0778a66100ff620001780001007cf2ccff 011004016302052d31322e3501670101780170010361006201730506020139023130\n"
        + "030128ff3a097800016100ff620001007cf2ccff 010b03016302052d31322e35016701017801700103610062\n"
        + "117c0778a66100ff620001 010000000000000030";

    private const string ExpectedOfChanges =
        "00 010000000100000000000000660000000000000000000000000000000000\n"
        + "040000000000000065 0101020b0201630201310170010161000b0201630201310170010161\n"
        + "040000000000000066 0103010b02016302013101700101610b020163020131017001016100\n"
        + "060000000000000065 010c01cf89db0e61000102820b00\n"
        + "060000000000000066 010c01cf89db0e61000102820b0001050201630201310170010161\n"
        + "07cf89db0e61000102820b00 0100000000000000660175732d656173742d31\n"
        + "0865752d776573742d310001 010000000000000064\n"
        + "090000000000000066cf89db0e61000102820b00 ";
}
