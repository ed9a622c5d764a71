using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Groups;

/// <summary>For how many days events may be kept, and the change that both operations make.</summary>
internal static class RetentionRules
{
    private static readonly int[] s_days =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static ServiceError? Check(int days) => s_days.Contains(days) ? null : LogsErrors.InvalidParameterException.With(
        $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
        + $"[{string.Join(", ", s_days)}]");

    /// <returns>Whether there is such a group.</returns>
    public static ValueTask<bool> SetAsync(LogTable logs, string group, int days, CallContext context) =>
        logs.Of(context).UpdateAsync((group, days), static (current, batch, change) =>
        {
            var key = LogsKeyspace.Key(LogsKeyspace.Groups, change.group);
            if (current.GetBytes(key) is not { } stored)
            {
                return false;
            }

            batch.Put(key, (GroupRecord.Decode(stored) with { RetentionDays = change.days }).Encode());
            return true;
        });
}
