using Haneul.ApiGateway.Contracts.V1;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>For each day, how many requests a key made and how many it had left at the end of the day.</summary>
internal static class UsageView
{
    public static List<IReadOnlyList<long>> Days(IPartitionReader reader, UsageKey key, UsagePlan plan, DateOnly first, DateOnly last)
    {
        var days = new List<IReadOnlyList<long>>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var used = UsageTable.Read(reader, key, day).Used;
            days.Add([used, Remaining(reader, key, plan, day)]);
        }

        return days;
    }

    /// <summary>What is left of the quota at the end of a day; without a quota 0, as AWS has it.</summary>
    public static long Remaining(IPartitionReader reader, UsageKey key, UsagePlan plan, DateOnly day)
    {
        if (plan.Quota?.Limit is not { } limit)
        {
            return 0;
        }

        var period = UsageTable.Sum(reader, key, QuotaPeriod.Start(plan.Quota, day), day);
        return Math.Max(0, limit + period.Extra - period.Used);
    }
}
