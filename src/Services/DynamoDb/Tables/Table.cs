using System.Text;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Throttling;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>A table as readers and writers use it: its record, taken apart once. Immutable; a changed table is another object.</summary>
internal sealed class Table
{
    public Table(TableRecord record, Arn arn, IPartition[] partitions, StreamSequence sequence, TableMeters meters)
    {
        Sequence = sequence;
        Meters = meters;
        (Reads, Writes) = meters.Of(0, null);
        Record = record;
        Arn = arn.ToString();
        Partitions = partitions;
        Key = Schema([record.Hash], record.Range is null ? [] : [record.Range]);
        Indexes = [.. record.Indexes.Select(index => new TableIndex(this, index))];
        HasLocalIndexes = Array.Exists(Indexes, index => index.Local);
        Policy = record.Policy is { } policy ? new AttachedPolicy(Arn, policy.Document) : null;
        StreamPolicy = record.StreamPolicy is { } streamPolicy ? new AttachedPolicy(Arn + "/stream", streamPolicy.Document) : null;
        KeepsOld = record.Recovery is not null || record.Copying is { Count: > 0 };
        ReplicaRegion = record.Replicas is { Count: > 0 } ? arn.Region : null;
        IsFollowed = KeepsOld || record.Stream is { Enabled: true };
        TtlUtf8 = record.TtlAttribute is { } ttl ? Encoding.UTF8.GetBytes(ttl) : null;
    }

    public TableRecord Record { get; }

    public string Name => Record.Name;

    public string Arn { get; }

    public KeySchema Key { get; }

    /// <summary>Where the items are; chosen by the first bits of a hash key's token.</summary>
    public IPartition[] Partitions { get; }

    public TableIndex[] Indexes { get; }

    /// <summary>Where the numbers of its changes come from.</summary>
    public StreamSequence Sequence { get; }

    public TableMeters Meters { get; }

    public Meter Reads { get; }

    public Meter Writes { get; }

    /// <summary>Kept in its parsed form for as long as the record does not change.</summary>
    public AttachedPolicy? Policy { get; }

    /// <inheritdoc cref="Policy"/>
    public AttachedPolicy? StreamPolicy { get; }

    public byte[]? TtlUtf8 { get; }

    public bool HasLocalIndexes { get; }

    /// <summary>How large the items of one hash key may be together, with their local indexes.</summary>
    public long CollectionLimit { get; init; } = ItemCollections.Limit;

    /// <summary>Whether changes leave behind what an item was.</summary>
    public bool KeepsOld { get; }

    /// <summary>The region of a table that has replicas in others; null for all other tables.</summary>
    public string? ReplicaRegion { get; }

    /// <summary>Whether changes get numbers: a stream or the past has them.</summary>
    public bool IsFollowed { get; }

    public IPartition PartitionOf(uint token) => Partitions[PartitionIndexOf(token)];

    public int PartitionIndexOf(uint token) => (int)(((ulong)token * (ulong)Partitions.Length) >> 32);

    public TableIndex? FindIndex(string name) => Array.Find(Indexes, index => index.Name == name);

    public KeySchema Schema(IEnumerable<string> hashes, IEnumerable<string> ranges) => new([.. hashes.Select(Part)], [.. ranges.Select(Part)]);

    private KeyPart Part(string name)
    {
        var type = Record.Attributes.First(attribute => attribute.Name == name).Type;
        return new KeyPart(name, type switch
        {
            "S" => ValueKind.String,
            "N" => ValueKind.Number,
            _ => ValueKind.Binary,
        });
    }
}

/// <summary>A secondary index of a table.</summary>
internal sealed class TableIndex
{
    private readonly HashSet<string>? _included;
    private readonly List<byte[]>? _attributes;

    public TableIndex(Table table, IndexRecord record)
    {
        Record = record;
        Arn = $"{table.Arn}/index/{record.Name}";
        Key = table.Schema(record.Hashes(), record.Ranges());
        (Reads, Writes) = record.Local ? table.Meters.Of(0, null) : table.Meters.Of(record.Number, record.Name);
        if (record.Projection != "ALL")
        {
            _included = new(StringComparer.Ordinal);
            _included.UnionWith(table.Key.Parts.Concat(Key.Parts).Select(part => part.Name));
            _included.UnionWith(record.Included ?? []);
            _attributes = [.. _included.Select(Encoding.UTF8.GetBytes)];
        }
    }

    public IndexRecord Record { get; }

    public string Name => Record.Name;

    public string Arn { get; }

    public byte Number => Record.Number;

    public bool Local => Record.Local;

    public KeySchema Key { get; }

    /// <summary>Those of a local index are the table's.</summary>
    public Meter Reads { get; }

    /// <inheritdoc cref="Reads"/>
    public Meter Writes { get; }

    /// <summary>Whether the index carries this attribute.</summary>
    public bool Carries(string attribute) => _included?.Contains(attribute) != false;

    /// <summary>Whether an item is in the index: it has all of the index's keys, with their types.</summary>
    public bool Takes(ReadOnlySpan<byte> item)
    {
        foreach (var part in Key.Parts)
        {
            if (!part.TryFind(item, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the index keeps of an item.</summary>
    public void Project(ReadOnlySpan<byte> item, ValueWriter writer)
    {
        if (_attributes is null)
        {
            writer.Raw(item);
            return;
        }

        var map = writer.Begin();
        for (var left = Encoded.ReadLength(ref item); left > 0; left--)
        {
            var name = Encoded.ReadBytes(ref item);
            var value = Encoded.ReadValue(ref item);
            foreach (var attribute in _attributes)
            {
                if (name.SequenceEqual(attribute))
                {
                    writer.Entry();
                    writer.Bytes(name);
                    writer.Raw(value);
                    break;
                }
            }
        }

        writer.EndMap(map);
    }
}
