using System.Buffers.Binary;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Usage plans, and the API keys in them.</summary>
internal static class PlanTable
{
    public static UsagePlan Own(IPartitionReader reader, string id, CallContext context) =>
        AccountTable.Find(reader, ApiGatewayKeyspace.UsagePlans, context, id, RestRecords.Default.UsagePlan)
            ?? throw RestFaults.NotFound("Invalid Usage Plan ID specified");

    public static List<UsagePlan> All(IPartitionReader reader, CallContext context) =>
        AccountTable.All(reader, ApiGatewayKeyspace.UsagePlans, context, RestRecords.Default.UsagePlan);

    public static void Put(Batch batch, UsagePlan plan, CallContext context) =>
        AccountTable.Put(batch, ApiGatewayKeyspace.UsagePlans, context, plan.Id!, plan, RestRecords.Default.UsagePlan);

    /// <summary>Puts a key into a plan. A key may be in several plans, but only in one that has a given stage.</summary>
    public static void AddKey(IPartitionReader current, Batch batch, CallContext context, UsagePlan plan, string keyId)
    {
        var key = AccountTable.Key(ApiGatewayKeyspace.UsagePlanKeys, context, plan.Id, keyId);
        using var there = current.Get(key);
        if (there.Exists)
        {
            throw RestFaults.Conflict($"API Key {keyId} is already associated with usage plan {plan.Id}");
        }

        foreach (var other in All(current, context).Where(other => other.Id != plan.Id && HasKey(current, context, other.Id!, keyId)))
        {
            if (other.ApiStages?.FirstOrDefault(stage => Serves(plan, stage.ApiId!, stage.Stage!)) is { } both)
            {
                throw RestFaults.Conflict(
                    $"API Key {keyId} cannot be added to usage plan {plan.Id}: usage plan {other.Id} already has it for API Stage "
                    + $"{{api: {both.ApiId}, stage: {both.Stage}}}");
            }
        }

        var since = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(since, context.Time.ToUnixTimeMilliseconds());
        batch.Put(key, since);
    }

    public static void RemoveKey(Batch batch, CallContext context, string planId, string keyId)
    {
        batch.Delete(AccountTable.Key(ApiGatewayKeyspace.UsagePlanKeys, context, planId, keyId));
        batch.DeleteRange(KeyRange.Prefix(AccountTable.Key(ApiGatewayKeyspace.UsageCounts, context, planId, keyId)));
    }

    public static bool HasKey(IPartitionReader reader, CallContext context, string planId, string keyId) =>
        HasKey(reader, context.Account.Value, context.Region.Name, planId, keyId);

    public static bool HasKey(IPartitionReader reader, string account, string region, string planId, string keyId)
    {
        using var value = reader.Get(AccountTable.Key(ApiGatewayKeyspace.UsagePlanKeys, account, region, planId, keyId));
        return value.Exists;
    }

    /// <summary>The keys of a plan, the last that was added first.</summary>
    public static List<ApiKey> Keys(IPartitionReader reader, CallContext context, string planId)
    {
        var found = new List<(long Since, ApiKey Key)>();
        var head = AccountTable.Key(ApiGatewayKeyspace.UsagePlanKeys, context, planId);
        foreach (var entry in reader.Scan(KeyRange.Prefix(head)))
        {
            var id = new Storage.Keys.KeyReader(entry.Key[head.Length..]).ReadText();
            if (AccountTable.Find(reader, ApiGatewayKeyspace.ApiKeys, context, id, RestRecords.Default.ApiKey) is { } key)
            {
                found.Add((BinaryPrimitives.ReadInt64BigEndian(entry.Value), key));
            }
        }

        return [.. found.OrderByDescending(static item => item.Since).ThenBy(static item => item.Key.Id, StringComparer.Ordinal)
            .Select(static item => item.Key)];
    }

    public static bool Serves(UsagePlan plan, string apiId, string stage) =>
        plan.ApiStages?.Any(item => item.ApiId == apiId && item.Stage == stage) == true;

    public static UsagePlanKey View(ApiKey key) => new() { Id = key.Id, Type = "API_KEY", Value = key.Value, Name = key.Name };
}
