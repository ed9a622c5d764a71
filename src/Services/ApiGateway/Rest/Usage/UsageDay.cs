using System.Buffers.Binary;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>What was counted for a key in a plan on one day (UTC).</summary>
/// <param name="Used">Requests that were let through.</param>
/// <param name="Extra">Requests that were granted on that day besides the quota; negative if they were taken.</param>
internal readonly record struct UsageDay(long Used, long Extra)
{
    private const byte Version = 1;
    private const int Length = 1 + (2 * sizeof(long));

    public byte[] Encode()
    {
        var bytes = new byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Used);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(long)), Extra);
        return bytes;
    }

    public static UsageDay Decode(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[(1 + sizeof(long))..]));
}
