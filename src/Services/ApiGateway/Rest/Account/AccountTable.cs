using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using AccountSettings = Haneul.ApiGateway.Contracts.V1.Account;

namespace Haneul.ApiGateway.Rest.Account;

/// <summary>What an account has in a region, besides APIs.</summary>
internal static class AccountTable
{
    /// <summary>The key of something that belongs to an account in a region.</summary>
    public static byte[] Key(byte kind, CallContext context, params ReadOnlySpan<string?> parts) =>
        Key(kind, context.Account.Value, context.Region.Name, parts);

    public static byte[] Key(byte kind, string account, string region, params ReadOnlySpan<string?> parts) =>
        ApiGatewayKeyspace.Key(kind, [account, region, .. parts]);

    public static T? Find<T>(IPartitionReader reader, byte kind, CallContext context, string id, JsonTypeInfo<T> type)
        where T : class => StoredJson.Read(reader, Key(kind, context, id), type);

    public static void Put<T>(Batch batch, byte kind, CallContext context, string id, T value, JsonTypeInfo<T> type) =>
        batch.Put(Key(kind, context, id), StoredJson.Encode(value, type));

    /// <summary>All of one kind that an account has in a region, in the order of their ids.</summary>
    public static List<T> All<T>(IPartitionReader reader, byte kind, CallContext context, JsonTypeInfo<T> type)
    {
        var all = new List<T>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(Key(kind, context))))
        {
            all.Add(StoredJson.Decode(entry.Value, type));
        }

        return all;
    }

    /// <summary>The account's settings in a region; those that it has from the start if it never changed them.</summary>
    public static AccountSettings Settings(IPartitionReader reader, CallContext context) =>
        Settings(reader, context.Account.Value, context.Region.Name);

    public static AccountSettings Settings(IPartitionReader reader, string account, string region) =>
        StoredJson.Read(reader, Key(ApiGatewayKeyspace.Accounts, account, region), RestRecords.Default.Account) ?? new AccountSettings
        {
            ThrottleSettings = new ThrottleSettings { BurstLimit = 5000, RateLimit = 10_000 },
            Features = ["UsagePlans"],
            ApiKeyVersion = "4",
        };
}
