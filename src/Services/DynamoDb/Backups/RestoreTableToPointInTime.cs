using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Makes a new table of another as it was at any moment of its recovery period.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html"/>
/// </summary>
internal sealed class RestoreTableToPointInTime(TableStore tables, Restorer restorer)
    : IHandler<RestoreTableToPointInTimeInput, RestoreTableToPointInTimeOutput>
{
    private const string Operation = "RestoreTableToPointInTime";

    public async ValueTask<Outcome<RestoreTableToPointInTimeOutput>> HandleAsync(
        RestoreTableToPointInTimeInput input, CallContext context, CancellationToken cancel)
    {
        TableDefinition.RefuseUnsupported(input.SSESpecificationOverride?.Enabled == true, "SSESpecificationOverride", Operation);
        TableDefinition.RefuseUnsupported(input.OnDemandThroughputOverride is not null, "OnDemandThroughputOverride", Operation);
        var nameOrArn = input.SourceTableArn ?? input.SourceTableName;
        DynamoErrors.ThrowIf(
            nameOrArn is null || (input.SourceTableArn is not null && input.SourceTableName is not null),
            DynamoErrors.Parameters + "Exactly one of SourceTableArn and SourceTableName must be specified");
        DynamoErrors.ThrowIf(
            input.UseLatestRestorableTime == true == input.RestoreDateTime is not null,
            DynamoErrors.Parameters + "Exactly one of RestoreDateTime and UseLatestRestorableTime must be specified");
        var (_, region, name) = TableStore.Locate(context, nameOrArn!);
        TableDefinition.RefuseUnsupported(region != context.Region, "a SourceTableArn of another Region", Operation);
        if (tables.Find(context, nameOrArn!) is not { } table)
        {
            return DynamoDbErrors.TableNotFoundException.With($"Table not found: {name}");
        }

        var settings = new RestoredTable(
            input.BillingModeOverride, input.GlobalSecondaryIndexOverride, input.LocalSecondaryIndexOverride, input.ProvisionedThroughputOverride);
        var outcome = await restorer.BeginAsync(
            context, input.TargetTableName, settings, current => Source(current, table, input.RestoreDateTime, tables.Now));
        return outcome.Succeeded
            ? new RestoreTableToPointInTimeOutput { TableDescription = TableDescriber.Describe(outcome.Value, tables.Now, settled: false) }
            : outcome.Error;
    }

    private static Outcome<RestoreSource> Source(IPartitionReader current, Table table, DateTimeOffset? wanted, DateTimeOffset now)
    {
        if (current.GetBytes(DynamoDbKeyspace.Table(table.Name)) is not { } bytes
            || TableRecord.Decode(bytes) is not { Recovery: { } recovery } source
            || source.Id != table.Record.Id)
        {
            return DynamoDbErrors.PointInTimeRecoveryUnavailableException.With($"Point in time recovery is not enabled for table '{table.Name}'");
        }

        var time = wanted ?? now;
        if (time < recovery.Earliest(now) || time > now)
        {
            return DynamoDbErrors.InvalidRestoreTimeException.With(
                "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.");
        }

        // Numbers may run ahead of the clock by as many changes as it took within a microsecond.
        var last = wanted is null ? Math.Max(table.Sequence.Last, StreamSequence.NumberOf(now)) : StreamSequence.NumberOf(time);
        return new RestoreSource(source, new RestoreRecord
        {
            TableArn = table.Arn,
            Time = time,
            InProgress = true,
            SourceId = source.Id,
            AsOf = last,
        });
    }
}
