using System.Buffers.Binary;

namespace Haneul.DynamoDb.Streams;

/// <summary>A place in a shard, as clients carry it around.</summary>
/// <param name="StreamArn">The stream.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="After">The number behind which reading goes on.</param>
/// <param name="Strict">Reading goes on right behind a record: one that is gone since then is missed.</param>
/// <param name="Made">When it was handed out.</param>
internal readonly record struct ShardIterator(string StreamArn, string ShardId, ulong After, bool Strict, DateTimeOffset Made)
{
    /// <summary>How long an iterator can be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private const int Length = 17;

    public override string ToString()
    {
        Span<byte> token = stackalloc byte[Length];
        token[0] = Strict ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt64BigEndian(token[1..], After);
        BinaryPrimitives.WriteInt64BigEndian(token[9..], Made.UtcTicks);
        return $"{StreamArn}|{ShardId}|{Convert.ToBase64String(token)}";
    }

    public static bool TryParse(string text, out ShardIterator iterator)
    {
        iterator = default;
        Span<byte> token = stackalloc byte[Length + 1];
        if (text.Split('|') is not [var arn, var shard, var rest] || !Convert.TryFromBase64String(rest, token, out var length) || length != Length)
        {
            return false;
        }

        var after = BinaryPrimitives.ReadUInt64BigEndian(token[1..]);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(token[9..]);
        if (token[0] > 1 || ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks || after > long.MaxValue)
        {
            return false;
        }

        iterator = new ShardIterator(arn, shard, after, token[0] == 1, new DateTimeOffset(ticks, TimeSpan.Zero));
        return true;
    }
}
