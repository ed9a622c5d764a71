using System.Buffers.Binary;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Transactions;

/// <summary>Remembers for ten minutes which requests with a token were done, so that a repeated one is not done twice.</summary>
internal sealed class TransactionTokens(TableStore tables)
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private const byte Version = 1;

    /// <returns>The digest of the request that used the token within the last ten minutes; null if none did.</returns>
    public static byte[]? Find(IPartitionReader reader, string token, DateTimeOffset now)
    {
        using var value = reader.Get(DynamoDbKeyspace.Token(token));
        return value.Exists && value.Span[0] == Version && Time(value.Span) > now - Kept ? value.Span[9..].ToArray() : null;
    }

    public static void Remember(Batch batch, string token, byte[] digest, DateTimeOffset now)
    {
        var value = new byte[9 + digest.Length];
        value[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(1), now.UtcTicks);
        digest.CopyTo(value, 9);
        batch.Put(DynamoDbKeyspace.Token(token), value);
    }

    public async ValueTask ForgetOldAsync(AccountId account, Region region)
    {
        var partition = tables.Store.Partition(DynamoDbKeyspace.Transactions(account, region));
        var batch = new Batch();
        foreach (var entry in partition.Scan(KeyRange.Prefix([DynamoDbKeyspace.Tokens])))
        {
            if (Time(entry.Value) <= tables.Now - Kept)
            {
                // Only what still has this value: the token may be used again meanwhile.
                batch.RequireValue(entry.Key, entry.Value);
                batch.Delete(entry.Key);
            }
        }

        if (batch.Count > 0)
        {
            await partition.CommitAsync(batch);
        }
    }

    private static DateTimeOffset Time(ReadOnlySpan<byte> value) => new(BinaryPrimitives.ReadInt64BigEndian(value[1..]), TimeSpan.Zero);
}
