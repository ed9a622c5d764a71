using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Haneul.DynamoDb.Backups;
using Haneul.DynamoDb.Metrics;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Throttling;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>Finds tables. Records are kept apart once read, for as long as nothing is committed to their catalogue.</summary>
internal sealed class TableStore(IStore store, TimeProvider time, DynamoDbOptions options, MetricReporter reporter)
{
    private readonly ConcurrentDictionary<(AccountId Account, Region Region), Catalog> _catalogs = new();

    // Derived from what is stored whenever a process first needs one.
    private readonly ConcurrentDictionary<string, StreamSequence> _sequences = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, TableMeters> _meters = new(StringComparer.Ordinal);

    private Task? _discovery;

    public IStore Store => store;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The partition with the records of an account and region's tables.</summary>
    public IPartition CatalogOf(AccountId account, Region region) => Find(account, region).Partition;

    /// <summary>The catalogue that a call means: its own account's, unless it names a table by the ARN of another.</summary>
    public IPartition CatalogOf(CallContext context) => CatalogOf(context.Account, context.Region);

    /// <summary>A table that exists, in whatever state.</summary>
    /// <param name="context">Whose table.</param>
    /// <param name="nameOrArn">What a request calls it.</param>
    /// <param name="fresh">Reads the record even if it is known.</param>
    public Table? Find(CallContext context, string nameOrArn, bool fresh = false)
    {
        var (account, region, name) = Locate(context, nameOrArn);
        CheckRegion(context, region, nameOrArn);
        return Find(account, region, name, fresh);
    }

    /// <summary>Other regions are other clouds. Whether another account's table may be used, authorization has decided.</summary>
    public static void CheckRegion(CallContext context, Region region, string nameOrArn) =>
        DynamoErrors.ThrowIf(region != context.Region, $"1 validation error detected: Invalid AWS region in '{nameOrArn}'");

    /// <summary>Refuses what no policy can open to another account.</summary>
    public static void CheckOwner(CallContext context, AccountId account, string nameOrArn)
    {
        if (account != context.Account)
        {
            throw CommonErrors.AccessDeniedException.With(
                $"User: {context.Principal.Arn} is not authorized to access resource: {nameOrArn} because no resource-based policy allows it")
                .ToException();
        }
    }

    /// <param name="account">Whose table.</param>
    /// <param name="region">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="fresh">Reads the record even if it is known: a partition has shown that the known one is out of date.</param>
    public Table? Find(AccountId account, Region region, string name, bool fresh = false)
    {
        var catalog = Find(account, region);
        var version = catalog.Changes.Version;
        if (fresh || !catalog.Tables.TryGetValue(name, out var known) || known.Version != version)
        {
            var bytes = catalog.Partition.GetBytes(DynamoDbKeyspace.Table(name));
            if (bytes is null)
            {
                CheckName(name);
                catalog.Tables.TryRemove(name, out _);
                return null;
            }

            known = (version, Make(account, region, TableRecord.Decode(bytes)));
            catalog.Tables[name] = known;
        }

        return known.Table.Record.GoneAt <= Now ? null : known.Table;
    }

    /// <summary>A table's replica in another region, or null.</summary>
    public Table? Replica(AccountId account, TableRecord table, string region) =>
        Region.TryParse(region, out var found) && Find(account, found, table.Name) is { Record.Replicas.Count: > 0 } replica ? replica : null;

    /// <summary>A table whose items can be read and written.</summary>
    public bool TryUse(
        CallContext context, string nameOrArn, [NotNullWhen(true)] out Table? table, [NotNullWhen(false)] out ServiceError? error, bool fresh = false)
    {
        table = Find(context, nameOrArn, fresh);
        if (table is null || table.Record.ReadyAt > Now || table.Record.GoneAt is not null)
        {
            error = DynamoErrors.ResourceNotFound;
            return false;
        }

        error = null;
        return true;
    }

    /// <summary>A table for use, or the error as an exception.</summary>
    public Table Use(CallContext context, string nameOrArn, bool fresh = false) =>
        TryUse(context, nameOrArn, out var table, out var error, fresh) ? table : throw error.ToException();

    public Table Make(AccountId account, Region region, TableRecord record)
    {
        var partitions = PartitionsOf(account, region, record.Id, record.Partitions);
        var meters = _meters.GetOrAdd(
            record.Id,
            static (_, state) => state.store.MakeMeters(state.account, state.region, state.record, state.home),
            (store: this, account, region, record, home: partitions[0]));
        meters.Configure(record);
        return new Table(record, TableArn.Of(account, region, record.Name), partitions, SequenceOf(record, partitions), meters)
        {
            CollectionLimit = options.ItemCollectionLimit,
        };
    }

    public IPartition[] PartitionsOf(AccountId account, Region region, string tableId, int count)
    {
        var partitions = new IPartition[count];
        for (var i = 0; i < partitions.Length; i++)
        {
            partitions[i] = store.Partition(DynamoDbKeyspace.Part(account, region, tableId, i));
        }

        return partitions;
    }

    /// <summary>Ends the metrics of a table that is gone; its streams are read for another day.</summary>
    public void Forget(string tableId)
    {
        if (_meters.TryRemove(tableId, out var meters))
        {
            meters.Metrics.Remove();
        }
    }

    /// <summary>Where the numbers of a table's changes come from.</summary>
    public StreamSequence SequenceOf(string tableId, IPartition[] partitions, ulong floor) =>
        _sequences.GetOrAdd(tableId, static (_, state) => new StreamSequence(state.partitions, state.floor, state.time), (partitions, floor, time));

    public StreamSequence SequenceOf(TableRecord record, IPartition[] partitions) =>
        SequenceOf(record.Id, partitions, StreamSequence.NumberOf(record.Created));

    /// <summary>The accounts and regions that have had tables.</summary>
    public IEnumerable<(AccountId Account, Region Region)> Catalogs => _catalogs.Keys;

    /// <summary>
    /// Finds the accounts and regions whose tables were made before this start, and forgets what deleted tables left in their partitions:
    /// nobody who still wrote to them has outlived the last process. Done once, whoever asks.
    /// </summary>
    public Task DiscoverAsync()
    {
        lock (_catalogs)
        {
            return _discovery ??= DiscoverOnceAsync();
        }
    }

    private async Task DiscoverOnceAsync()
    {
        foreach (var id in store.Partitions(DynamoDbKeyspace.All))
        {
            var parts = id.Parts();
            if (parts.Count < 3 || !AccountId.TryParse(parts[1], out var account) || !Region.TryParse(parts[2], out var region))
            {
                continue;
            }

            Find(account, region);
            if (parts.Count == 5 && !LivingIds(CatalogOf(account, region)).Contains(parts[3]))
            {
                var batch = new Batch();
                batch.DeleteRange(KeyRange.All);
                await store.Partition(id).CommitAsync(batch);
            }
        }
    }

    // What is stored for a table, for the stream that it left, or for a backup.
    private static HashSet<string> LivingIds(IPartitionReader catalog) =>
    [
        .. Records(catalog).Select(record => record.Id),
        .. StreamTable.States(catalog).Select(state => state.TableId),
        .. BackupTable.All(catalog).Select(backup => backup.StorageId),
    ];

    /// <summary>All tables of an account and region, as they are stored.</summary>
    public IReadOnlyList<TableRecord> Records(AccountId account, Region region) => Records(CatalogOf(account, region));

    public static IReadOnlyList<TableRecord> Records(IPartitionReader catalog)
    {
        var records = new List<TableRecord>();
        foreach (var entry in catalog.Scan(KeyRange.Prefix([DynamoDbKeyspace.TableRecords])))
        {
            records.Add(TableRecord.Decode(entry.Value));
        }

        return records;
    }

    /// <summary>Account, region and name behind a name or an ARN.</summary>
    public static (AccountId Account, Region Region, string Name) Locate(CallContext context, string nameOrArn) =>
        TableArn.TryParse(nameOrArn, out var account, out var region, out var name)
            ? (account, region, name)
            : (context.Account, context.Region, nameOrArn);

    // Names are checked where a table is looked for: the model allows for ARNs in their place.
    private static void CheckName(string name)
    {
        var rule = name.Length < 3 ? "Member must have length greater than or equal to 3"
            : name.Length > 255 ? "Member must have length less than or equal to 255"
            : name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? null
            : "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
        DynamoErrors.ThrowIf(
            rule is not null, $"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: {rule}");
    }

    private TableMeters MakeMeters(AccountId account, Region region, TableRecord record, IPartition home) => new(
        TableArn.Of(account, region, record.Name).ToString(),
        home,
        time,
        options.Throttling,
        new TableMetrics(reporter, account, region, record.Name));

    private Catalog Find(AccountId account, Region region) => _catalogs.TryGetValue((account, region), out var found)
        ? found
        : _catalogs.GetOrAdd((account, region), key => new Catalog(store.Partition(DynamoDbKeyspace.Catalog(key.Account, key.Region))));

    private sealed class Catalog(IPartition partition)
    {
        public IPartition Partition => partition;

        public Signal Changes { get; } = partition.Changes;

        // A table with the version of the catalogue that was current before it was read: a later commit makes it stale.
        public ConcurrentDictionary<string, (long Version, Table Table)> Tables { get; } = new(StringComparer.Ordinal);
    }
}
