using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.GlobalTables;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.DynamoDb.Expiry;

/// <summary>
/// Turns expiry on or off.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html"/>
/// </summary>
internal sealed class UpdateTimeToLive(TableStore tables, TableChanger changer, ReplicaGroup replicas, TableWork work)
    : IHandler<UpdateTimeToLiveInput, UpdateTimeToLiveOutput>
{
    public async ValueTask<Outcome<UpdateTimeToLiveOutput>> HandleAsync(
        UpdateTimeToLiveInput input, CallContext context, CancellationToken cancel)
    {
        var (account, region, name) = TableStore.Locate(context, input.TableName);
        if (tables.Find(context, input.TableName) is not { } table)
        {
            return DynamoErrors.TableNotFound(name);
        }

        var wanted = input.TimeToLiveSpecification;
        DynamoErrors.ThrowIf(wanted.Enabled is null, "1 validation error detected: Value null at 'timeToLiveSpecification.enabled' "
            + "failed to satisfy constraint: Member must not be null");
        var outcome = await changer.ChangeTogetherAsync(
            account,
            [.. replicas.Others(account, table.Record).Prepend((region, table.Record)).Select(replica => new TableChange(
                replica.Item1,
                replica.Item2,
                record => Change(record, wanted, context.Time),
                static (_, batch) => batch.DeleteRange(KeyRange.Prefix([DynamoDbKeyspace.Expiries]))))]);
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        work.Wake();
        return new UpdateTimeToLiveOutput { TimeToLiveSpecification = wanted };
    }

    private static Outcome<TableRecord> Change(TableRecord record, TimeToLiveSpecification wanted, DateTimeOffset now)
    {
        ServiceError? refused = (record.TtlAttribute, wanted.Enabled) switch
        {
            (null, false) => DynamoErrors.Validation("TimeToLive is already disabled"),
            ({ } current, true) when current == wanted.AttributeName => DynamoErrors.Validation("TimeToLive is already enabled"),
            ({ } current, _) when current != wanted.AttributeName => DynamoErrors.Validation(
                $"TimeToLive is active on a different AttributeName: current AttributeName is {current}"),
            _ when now - record.TtlChanged < TableQuotas.TimeToLiveRest => DynamoErrors.Validation(
                "Time to live has been modified multiple times within a fixed interval"),
            _ => null,
        };
        return refused is not null
            ? refused
            : record with
            {
                TtlAttribute = wanted.Enabled == true ? wanted.AttributeName : null,
                TtlFilling = wanted.Enabled == true,
                TtlChanged = now,
            };
    }
}
