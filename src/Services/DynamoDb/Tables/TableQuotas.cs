using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// How many tables an account may have in a region, and how often their settings may change.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"/>
/// </summary>
internal static class TableQuotas
{
    /// <summary>How many tables may be on their way at the same time.</summary>
    public const int Changing = 500;

    /// <summary>How long expiry stays as it was set.</summary>
    public static readonly TimeSpan TimeToLiveRest = TimeSpan.FromHours(1);

    private const int ClassChanges = 2;
    private static readonly TimeSpan s_classPeriod = TimeSpan.FromDays(30);

    public static ServiceError TooManyTables(int most) =>
        DynamoDbErrors.LimitExceededException.With($"Subscriber limit exceeded: There is a limit of {most} tables per subscriber");

    /// <summary>Refuses one more change while as many tables as may be are being created, updated or deleted.</summary>
    public static void CheckChanging(IReadOnlyList<TableRecord> tables, DateTimeOffset now)
    {
        if (tables.Count(table => TableDescriber.Status(table, now) != TableStatus.Active) >= Changing)
        {
            throw DynamoDbErrors.LimitExceededException.With(
                $"Subscriber limit exceeded: Only {Changing} tables can be created, updated, or deleted simultaneously").ToException();
        }
    }

    /// <summary>A table in another class; twice within 30 days at most. The class that it is in by default is no change.</summary>
    public static TableRecord Reclassed(TableRecord table, string? tableClass, DateTimeOffset now)
    {
        if (tableClass is null || (table.TableClass is null && tableClass == TableClass.Standard))
        {
            return table;
        }

        var recent = (table.ClassChanges ?? []).Where(at => at > now - s_classPeriod).ToList();
        if (recent.Count >= ClassChanges)
        {
            throw DynamoDbErrors.LimitExceededException.With(
                "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s). "
                + $"Last update at {TableThroughput.Text(recent[^1])}. Next update can be made at {TableThroughput.Text(recent[0] + s_classPeriod)}")
                .ToException();
        }

        return table.TableClass == tableClass
            ? table
            : table with { TableClass = tableClass, TableClassSince = now, ClassChanges = [.. recent, now] };
    }

    /// <summary>Encryption at rest: there are no keys of one's own, so that the default is all there is.</summary>
    /// <param name="given">As the request has it.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="isNew">Whether the table is being created: nothing can be turned off that never was on.</param>
    public static void CheckEncryption(SSESpecification? given, string operation, bool isNew)
    {
        if (given is null)
        {
            return;
        }

        DynamoErrors.ThrowIf(given is { Enabled: false, SSEType: not null }, DynamoErrors.Parameters + "SSEType can not be specified if Enabled is false");
        DynamoErrors.ThrowIf(
            given is { KMSMasterKeyId: not null, SSEType: not "KMS" }, DynamoErrors.Parameters + "SSEType KMS is required if KMSMasterKeyId is specified");
        TableDefinition.RefuseUnsupported(given.KMSMasterKeyId is not null, "SSESpecification.KMSMasterKeyId", operation);
        TableDefinition.RefuseUnsupported(given.Enabled == true || given.SSEType is not null, "SSESpecification with KMS", operation);
        DynamoErrors.ThrowIf(!isNew, DynamoErrors.Parameters + "Table is already encrypted by default");
    }
}
