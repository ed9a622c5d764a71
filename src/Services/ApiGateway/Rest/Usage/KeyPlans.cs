using System.Collections.Concurrent;
using System.Text;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.ApiGateway.Rest.Plans;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>
/// Which API key a value is, and which usage plans it is in: asked by every request to a method that needs a key, so what was read is kept until
/// keys or plans change.
/// </summary>
internal sealed class KeyPlans(RestTable apis)
{
    private const int MostKept = 10_000;

    // Shared by all requests. It is replaced as a whole when something changes: what was read before the change and is put after it goes into the
    // dictionary that nobody asks any more.
    private volatile ConcurrentDictionary<(string Account, string Region, string Value), KeyPlan> _kept = new();

    /// <summary>The key with a value; null if an account has none in the region. It may be disabled.</summary>
    public KeyPlan? Find(string account, string region, string value)
    {
        var kept = _kept;
        if (kept.TryGetValue((account, region, value), out var found))
        {
            return found;
        }

        found = Read(account, region, value);
        if (found is not null && kept.Count < MostKept)
        {
            kept[(account, region, value)] = found;
        }

        return found;
    }

    /// <summary>Keys or plans have changed: to be called once the change is stored.</summary>
    public void Changed() => _kept = new();

    private KeyPlan? Read(string account, string region, string value)
    {
        using var snapshot = apis.Partition.Snapshot();
        using var id = snapshot.Get(AccountTable.Key(ApiGatewayKeyspace.ApiKeyValues, account, region, value));
        if (!id.Exists)
        {
            return null;
        }

        var keyId = Encoding.UTF8.GetString(id.Span);
        var key = StoredJson.Read(snapshot, AccountTable.Key(ApiGatewayKeyspace.ApiKeys, account, region, keyId), RestRecords.Default.ApiKey);
        if (key is null)
        {
            return null;
        }

        var plans = new List<UsagePlan>();
        foreach (var entry in snapshot.Scan(KeyRange.Prefix(AccountTable.Key(ApiGatewayKeyspace.UsagePlans, account, region))))
        {
            var plan = StoredJson.Decode(entry.Value, RestRecords.Default.UsagePlan);
            if (PlanTable.HasKey(snapshot, account, region, plan.Id!, keyId))
            {
                plans.Add(plan);
            }
        }

        return new KeyPlan(key, plans);
    }
}

/// <summary>An API key and the usage plans that it is in.</summary>
internal sealed record KeyPlan(ApiKey Key, IReadOnlyList<UsagePlan> Plans)
{
    /// <summary>The plan by which requests with this key reach a stage; null if none lets them.</summary>
    public UsagePlan? For(string apiId, string stage) => Plans.FirstOrDefault(plan => PlanTable.Serves(plan, apiId, stage));
}
