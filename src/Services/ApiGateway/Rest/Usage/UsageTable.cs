using System.Globalization;
using Haneul.ApiGateway.Rest.Account;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>What was counted, as it is stored: a value for each plan, key and day.</summary>
internal static class UsageTable
{
    public static byte[] Key(UsageKey key, DateOnly day) => AccountTable.Key(
        ApiGatewayKeyspace.UsageCounts, key.Account, key.Region, key.Plan, key.Key, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static UsageDay Read(IPartitionReader reader, UsageKey key, DateOnly day)
    {
        using var value = reader.Get(Key(key, day));
        return value.Exists ? UsageDay.Decode(value.Span) : default;
    }

    /// <summary>The sum of some days, both ends included.</summary>
    public static UsageDay Sum(IPartitionReader reader, UsageKey key, DateOnly first, DateOnly last)
    {
        var sum = default(UsageDay);
        foreach (var entry in reader.Scan(KeyRange.Prefix(AccountTable.Key(
            ApiGatewayKeyspace.UsageCounts, key.Account, key.Region, key.Plan, key.Key)).From(Key(key, first)).Before(Key(key, last.AddDays(1)))))
        {
            var day = UsageDay.Decode(entry.Value);
            sum = new UsageDay(sum.Used + day.Used, sum.Extra + day.Extra);
        }

        return sum;
    }
}

/// <summary>Whose requests are counted: a key's in a plan.</summary>
internal readonly record struct UsageKey(string Account, string Region, string Plan, string Key);
