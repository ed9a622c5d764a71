using Haneul.Storage.Keys;

namespace Haneul.Storage.Embedded;

/// <summary>
/// Where a partition's keys lie in an engine's one keyspace: behind the path of its id and <c>00 00</c>. No part of a path begins
/// with these two bytes, so that no partition's keys run into another's, and partitions lie in the order of their ids.
/// </summary>
internal static class PartitionHead
{
    public static byte[] Of(PartitionId id) => [.. id.Path, 0, 0];

    /// <summary>The partition that a key of the keyspace belongs to.</summary>
    public static PartitionId OwnerOf(ReadOnlySpan<byte> key)
    {
        var reader = new KeyReader(key);
        while (!reader.Rest.StartsWith((ReadOnlySpan<byte>)[0, 0]))
        {
            reader.SkipBytes();
        }

        return PartitionId.FromPath(key[..^reader.Rest.Length]);
    }
}
