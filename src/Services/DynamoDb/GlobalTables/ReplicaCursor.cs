using System.Buffers.Binary;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.GlobalTables;

/// <summary>
/// How far a replica's partition has got with the changes of another's: kept in the partition that takes them, together with what it took.
/// </summary>
internal static class ReplicaCursor
{
    private const byte Version = 1;

    public static ulong Read(IPartitionReader partition, string region)
    {
        using var value = partition.Get(DynamoDbKeyspace.ReplicaCursor(region));
        return value.Exists ? BinaryPrimitives.ReadUInt64BigEndian(value.Span[1..]) : 0;
    }

    public static void Write(Batch batch, string region, ulong number)
    {
        Span<byte> value = stackalloc byte[9];
        value[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(value[1..], number);
        batch.Put(DynamoDbKeyspace.ReplicaCursor(region), value);
    }

    /// <summary>The least number of a partition's changes that some replica still has to take.</summary>
    public static ulong Least(TableStore tables, AccountId account, Region region, TableRecord table, int partition)
    {
        var least = ulong.MaxValue;
        foreach (var replica in table.Replicas ?? [])
        {
            if (tables.Replica(account, table, replica.Region) is { } other)
            {
                least = Math.Min(least, Read(other.Partitions[partition], region.Name) + 1);
            }
        }

        return least;
    }
}
