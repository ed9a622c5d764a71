using System.Buffers.Binary;

namespace Haneul.DynamoDb.Throttling;

/// <summary>
/// The most units that were used in a second. On demand, a table takes twice its previous peak at once; what it reaches within half an
/// hour counts as previous after that.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html"/>
/// </summary>
/// <param name="Previous">Before the current half hour.</param>
/// <param name="Current">Within it.</param>
/// <param name="Since">When it began.</param>
internal readonly record struct Peak(double Previous, double Current, DateTimeOffset Since)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private const byte Version = 1;
    private const int Length = 25;

    public Peak At(DateTimeOffset now) => now - Since < Window ? this : new Peak(Math.Max(Previous, Current), 0, now);

    public byte[] Encode()
    {
        var bytes = new byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), Previous);
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(9), Current);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), Since.UtcTicks);
        return bytes;
    }

    public static Peak Decode(ReadOnlySpan<byte> bytes) => bytes is [Version, ..] && bytes.Length == Length
        ? new Peak(
            BinaryPrimitives.ReadDoubleBigEndian(bytes[1..]),
            BinaryPrimitives.ReadDoubleBigEndian(bytes[9..]),
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes[17..]), TimeSpan.Zero))
        : throw new FormatException("A throughput peak has an unknown version.");
}
