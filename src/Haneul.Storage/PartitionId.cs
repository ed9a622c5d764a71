using System.Diagnostics.CodeAnalysis;
using Haneul.Storage.Keys;

namespace Haneul.Storage;

/// <summary>
/// Names a partition by a path, usually service, account, region and resource:
/// <c>PartitionId.Of("sqs", account, region, queue)</c>.
/// </summary>
public readonly struct PartitionId : IEquatable<PartitionId>, IComparable<PartitionId>
{
    // The parts, each escaped and terminated as in keys: order and prefixes of paths are those of these bytes.
    private readonly byte[]? _path;

    private PartitionId(byte[] path) => _path = path;

    /// <summary>The store's own partition: format version and the like.</summary>
    internal static PartitionId System => default;

    internal ReadOnlySpan<byte> Path => _path;

    /// <exception cref="ArgumentException">There are no parts, or one of them is not valid Unicode.</exception>
    public static PartitionId Of(params ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("A partition id has at least one part.", nameof(parts));
        }

        var writer = new KeyWriter(stackalloc byte[256]);
        try
        {
            foreach (var part in parts)
            {
                writer.WriteText(part);
            }

            return new PartitionId(writer.Written.ToArray());
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The id with more parts behind.</summary>
    public PartitionId With(params ReadOnlySpan<string> parts) => new([.. Path, .. Of(parts).Path]);

    /// <summary>The parts the id was made of.</summary>
    public IReadOnlyList<string> Parts()
    {
        var parts = new List<string>();
        var reader = new KeyReader(Path);
        while (!reader.AtEnd)
        {
            parts.Add(reader.ReadText());
        }

        return parts;
    }

    public bool Equals(PartitionId other) => Path.SequenceEqual(other.Path);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PartitionId other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Path);
        return hash.ToHashCode();
    }

    public int CompareTo(PartitionId other) => Path.SequenceCompareTo(other.Path);

    public override string ToString() => string.Join('/', Parts());

    public static bool operator ==(PartitionId left, PartitionId right) => left.Equals(right);

    public static bool operator !=(PartitionId left, PartitionId right) => !left.Equals(right);

    public static bool operator <(PartitionId left, PartitionId right) => left.CompareTo(right) < 0;

    public static bool operator >(PartitionId left, PartitionId right) => left.CompareTo(right) > 0;

    public static bool operator <=(PartitionId left, PartitionId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PartitionId left, PartitionId right) => left.CompareTo(right) >= 0;

    /// <summary>What the id was made of; the bytes come from <see cref="Path"/>.</summary>
    internal static PartitionId FromPath(ReadOnlySpan<byte> path) => new(path.ToArray());
}
