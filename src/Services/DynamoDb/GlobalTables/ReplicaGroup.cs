using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Transactions;

namespace Haneul.DynamoDb.GlobalTables;

/// <summary>
/// Adds replicas to a table and takes them away. All replicas learn of it in one transaction.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html"/>
/// </summary>
internal sealed class ReplicaGroup(TableStore tables, TableChanger changer, TableRemoval removal, ReplicationWork work, IIdSource ids)
{
    /// <summary>How long a replica that another was filled from cannot be deleted.</summary>
    public static readonly TimeSpan SourceLife = TimeSpan.FromHours(24);

    private const string Operation = "UpdateTable";

    /// <summary>Does what a request wants done about replicas.</summary>
    /// <returns>The table as it is then.</returns>
    public async ValueTask<Outcome<TableRecord>> UpdateAsync(CallContext context, Table table, IReadOnlyList<ReplicationGroupUpdate> updates)
    {
        DynamoErrors.ThrowIf(updates.Count != 1, DynamoErrors.Parameters + "Only one replica update is allowed in one request");
        var update = updates[0];
        var given = (update.Create is null ? 0 : 1) + (update.Update is null ? 0 : 1) + (update.Delete is null ? 0 : 1);
        DynamoErrors.ThrowIf(given != 1, DynamoErrors.Parameters + "Exactly one of Create, Update and Delete must be specified for a replica");
        var name = update.Create?.RegionName ?? update.Update?.RegionName ?? update.Delete!.RegionName;
        DynamoErrors.ThrowIf(!Region.TryParse(name, out var region), $"{DynamoErrors.Parameters}Invalid region name: {name}");
        DynamoErrors.ThrowIf(
            region == context.Region,
            "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.");
        var outcome = update switch
        {
            { Create: { } create } => await CreateAsync(context, table, region, create),
            { Update: { } change } => await ChangeAsync(context, table, region, change),
            _ => await DeleteAsync(context, table, region),
        };
        work.Wake();
        return outcome;
    }

    /// <summary>The changes that take a replica out of its group; none for a table that has no replicas.</summary>
    public IReadOnlyList<TableChange> Leave(AccountId account, Region region, TableRecord table)
    {
        if (table.Replicas is not { Count: > 0 })
        {
            return [];
        }

        DynamoErrors.ThrowIf(
            table.SourceUntil > tables.Now,
            "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.");
        return
        [
            new TableChange(region, table, record => record with { Replicas = null, GoneAt = tables.Now }),
            .. Others(account, table).Select(other => new TableChange(
                other.Region, other.Record, record => record with { Replicas = Without(record.Replicas, region.Name) })),
        ];
    }

    /// <summary>A new replica has everything: it can be used.</summary>
    public async ValueTask ActivateAsync(AccountId account, TableRecord filled, string name)
    {
        if (!Region.TryParse(name, out var region))
        {
            return;
        }

        await changer.ChangeTogetherAsync(account,
        [
            new TableChange(region, filled, record => record with { FilledFrom = null, ReadyAt = TableRecord.Ready }),
            .. Others(account, filled).Select(other => new TableChange(other.Region, other.Record, record => record with
            {
                Replicas = [.. (record.Replicas ?? []).Select(replica => replica.Region == name ? replica with { Active = true } : replica)],
            })),
        ]);
    }

    /// <summary>The other replicas of a table's group.</summary>
    public IEnumerable<(Region Region, TableRecord Record)> Others(AccountId account, TableRecord table)
    {
        foreach (var replica in table.Replicas ?? [])
        {
            if (Region.TryParse(replica.Region, out var region) && tables.Find(account, region, table.Name, fresh: true) is { } other)
            {
                yield return (region, other.Record);
            }
        }
    }

    private async ValueTask<Outcome<TableRecord>> CreateAsync(
        CallContext context, Table table, Region region, CreateReplicationGroupMemberAction create)
    {
        Refuse(create.KMSMasterKeyId is not null, "KMSMasterKeyId");
        Refuse(create.ProvisionedThroughputOverride is not null, "ProvisionedThroughputOverride");
        Refuse(create.OnDemandThroughputOverride is not null, "OnDemandThroughputOverride");
        Refuse(create.GlobalSecondaryIndexes is not null, "GlobalSecondaryIndexes");
        var record = table.Record;
        DynamoErrors.ThrowIf(!record.PayPerRequest, "Table write capacity should either be Pay-Per-Request or AutoScaled.");
        DynamoErrors.ThrowIf(
            record.Stream is { Enabled: true, View: not StreamViewType.NewAndOldImages },
            DynamoErrors.Parameters + "Table must have a stream with StreamViewType NEW_AND_OLD_IMAGES to have replicas");
        await removal.RemoveIfGoneAsync(context.Account, region, table.Name);
        DynamoErrors.ThrowIf(
            tables.Find(context.Account, region, table.Name, fresh: true) is not null,
            $"Failed to create a the new replica of table with name: '{table.Name}' because one or more replicas already existed as tables.");

        // 1. The new replica is as the table is, but for what each replica has for itself.
        var others = Others(context.Account, record).ToList();
        var made = record with
        {
            Id = ids.NewUuid(),
            Created = context.Time,
            ReadyAt = DateTimeOffset.MaxValue,
            UpdatingUntil = null,
            Epoch = 1,
            TableClass = create.TableClassOverride ?? record.TableClass,
            DeletionProtection = false,
            Stream = NewStream(context.Time),
            Tags = new Dictionary<string, string>(),
            Recovery = null,
            Copying = null,
            Restore = null,
            FilledFrom = context.Region.Name,
            SourceUntil = null,
            Replicas =
            [
                .. others.Select(other => new ReplicaRecord(other.Region.Name, other.Record.FilledFrom is null)),
                new ReplicaRecord(context.Region.Name, Active: true),
            ],
        };

        // 2. All others learn of it, and forget where they were with one before it. What of their changes the source does not have yet, they
        //    carry over themselves.
        var added = new ReplicaRecord(region.Name, Active: false);
        void Forget(PartitionState state, Batch batch) => batch.Delete(DynamoDbKeyspace.ReplicaCursor(region.Name));
        var outcome = await changer.ChangeTogetherAsync(
            context.Account,
            [
                new TableChange(context.Region, record, current => With(current, added) with
                {
                    SourceUntil = tables.Now + SourceLife,
                    Stream = current.Stream is { Enabled: true } ? current.Stream : NewStream(context.Time),
                }, Forget),
                .. others.Select(other => new TableChange(other.Region, other.Record, current => With(current, added), Forget)),
            ],
            new NewTable(region, made, (transaction, number) => Begin(transaction, context, table, region, made, others, number)));
        return outcome.Succeeded ? outcome.Value[0] : outcome.Error;
    }

    private static void Begin(
        ITransactionContext transaction,
        CallContext context,
        Table source,
        Region region,
        TableRecord made,
        List<(Region Region, TableRecord Record)> others,
        ulong number)
    {
        for (var i = 0; i < made.Partitions; i++)
        {
            var batch = transaction.Write(DynamoDbKeyspace.Part(context.Account, region, made.Id, i));
            ReplicaCursor.Write(batch, context.Region.Name, number);
            var known = transaction.Read(source.Partitions[i].Id);
            foreach (var (other, _) in others)
            {
                ReplicaCursor.Write(batch, other.Name, ReplicaCursor.Read(known, other.Name));
            }
        }
    }

    private async ValueTask<Outcome<TableRecord>> ChangeAsync(
        CallContext context, Table table, Region region, UpdateReplicationGroupMemberAction change)
    {
        Refuse(change.KMSMasterKeyId is not null, "KMSMasterKeyId");
        Refuse(change.ProvisionedThroughputOverride is not null, "ProvisionedThroughputOverride");
        Refuse(change.OnDemandThroughputOverride is not null, "OnDemandThroughputOverride");
        Refuse(change.GlobalSecondaryIndexes is not null, "GlobalSecondaryIndexes");
        var replica = Existing(context.Account, table, region);
        DynamoErrors.ThrowIf(change.TableClassOverride is null, DynamoErrors.Parameters + "A replica update must change something");
        var outcome = await changer.ChangeTogetherAsync(
            context.Account,
            [new TableChange(region, replica, current => current with { TableClass = change.TableClassOverride, TableClassSince = tables.Now })]);
        return outcome.Succeeded ? table.Record : outcome.Error;
    }

    private async ValueTask<Outcome<TableRecord>> DeleteAsync(CallContext context, Table table, Region region)
    {
        var replica = Existing(context.Account, table, region);
        if (changer.RefusalOfDeletion(context.Account, region, replica) is { } refusal)
        {
            return refusal;
        }

        var outcome = await changer.ChangeTogetherAsync(context.Account, Leave(context.Account, region, replica));
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        await removal.RemoveAsync(context.Account, region, outcome.Value[0]);
        return tables.Find(context.Account, context.Region, table.Name, fresh: true)!.Record;
    }

    private TableRecord Existing(AccountId account, Table table, Region region)
    {
        var replica = tables.Replica(account, table.Record, region.Name);
        DynamoErrors.ThrowIf(
            replica is null || table.Record.Replicas?.Any(known => known.Region == region.Name) != true,
            "Replica specified in the Replica Update or Replica Delete action of the request was not found.");
        return replica!.Record;
    }

    private static StreamRecordOptions NewStream(DateTimeOffset now) =>
        new(StreamViewType.NewAndOldImages, StreamRecordOptions.LabelOf(now), Enabled: true);

    private static TableRecord With(TableRecord record, ReplicaRecord replica) => record with { Replicas = [.. record.Replicas ?? [], replica] };

    private static List<ReplicaRecord>? Without(IReadOnlyList<ReplicaRecord>? replicas, string region) =>
        replicas?.Where(replica => replica.Region != region).ToList() is { Count: > 0 } left ? left : null;

    private static void Refuse(bool given, string what) => TableDefinition.RefuseUnsupported(given, "ReplicaUpdates with " + what, Operation);
}
