using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;

namespace Haneul.DynamoDb.Backups;

/// <summary>Shows a table's point-in-time recovery as the contract does.</summary>
internal static class ContinuousBackups
{
    public static ContinuousBackupsDescription Describe(TableRecord table, DateTimeOffset now) => new()
    {
        // On every table, as on AWS, whether or not anything can be recovered.
        ContinuousBackupsStatus = ContinuousBackupsStatus.Enabled,
        PointInTimeRecoveryDescription = new PointInTimeRecoveryDescription
        {
            PointInTimeRecoveryStatus = table.Recovery is null ? PointInTimeRecoveryStatus.Disabled : PointInTimeRecoveryStatus.Enabled,
            RecoveryPeriodInDays = table.Recovery?.Days,
            EarliestRestorableDateTime = table.Recovery?.Earliest(now),

            // AWS is five minutes behind.
            LatestRestorableDateTime = table.Recovery is null ? null : now,
        },
    };
}
