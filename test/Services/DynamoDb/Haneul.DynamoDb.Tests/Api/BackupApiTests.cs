using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Haneul.DynamoDb.Backups;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class BackupApiTests : Cloud
{
    protected override bool HasOwnOptions => true;

    protected override IServiceModule[] Modules =>
        [new DynamoDbModule(new DynamoDbOptions { ExpiryInterval = TimeSpan.FromDays(30) }), new DynamoDbStreamsModule()];

    [Fact]
    public async Task A_restored_table_has_the_items_and_indexes_of_the_backup_and_nothing_else()
    {
        await QuietAsync();
        await CreateAsync(change: request =>
        {
            request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY };
            request.Tags = [new() { Key = "k", Value = "v" }];
            request.DeletionProtectionEnabled = true;
        });
        await FillAsync("tab", 600);
        var backup = (await Client.CreateBackupAsync(new CreateBackupRequest { TableName = "tab", BackupName = "first" }, Cancel)).BackupDetails;
        Assert.Equal(BackupStatus.CREATING, backup.BackupStatus);
        Assert.Equal(BackupType.USER, backup.BackupType);
        Assert.Matches("^arn:aws:dynamodb:us-east-1:000000000000:table/tab/backup/[0-9]{14}-[0-9a-f]{8}$", backup.BackupArn);
        await PutAsync("tab", "k1", 99);
        await WorkAsync();
        var described = (await Client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = backup.BackupArn }, Cancel)).BackupDescription;
        Assert.Equal(BackupStatus.AVAILABLE, described.BackupDetails.BackupStatus);
        Assert.Equal(600, described.SourceTableDetails.ItemCount);
        Assert.Equal("byG", Assert.Single(described.SourceTableFeatureDetails.GlobalSecondaryIndexes).IndexName);

        var restored = (await RestoreAsync(backup.BackupArn, "again")).TableDescription;
        Assert.Equal(TableStatus.CREATING, restored.TableStatus);
        Assert.True(restored.RestoreSummary.RestoreInProgress);
        Assert.Equal(backup.BackupArn, restored.RestoreSummary.SourceBackupArn);
        await WorkAsync();
        var table = (await Client.DescribeTableAsync("again", Cancel)).Table;
        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.False(table.RestoreSummary.RestoreInProgress);
        Assert.Equal(600, table.ItemCount);
        Assert.Null(table.StreamSpecification);
        Assert.False(table.DeletionProtectionEnabled);
        Assert.Empty((await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.TableArn }, Cancel)).Tags ?? []);
        Assert.Equal("1", (await GetAsync("again", "k1"))["v"].N);
        Assert.Equal("99", (await GetAsync("tab", "k1"))["v"].N);
        var byIndex = await Client.QueryAsync(
            new QueryRequest
            {
                TableName = "again", IndexName = "byG", KeyConditionExpression = "g = :g", ExpressionAttributeValues = Item((":g", S("g3"))),
            },
            Cancel);
        Assert.Equal(60, byIndex.Count);
    }

    [Fact]
    public async Task A_backup_has_the_moment_of_its_request_while_writers_write_and_the_copy_is_made()
    {
        await CreateAsync();
        await FillAsync("tab", 300);
        var stop = false;
        var acknowledged = new int[20];
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                for (var round = 1; !Volatile.Read(ref stop); round++)
                {
                    for (var k = writer; k < acknowledged.Length; k += 4)
                    {
                        await PutAsync("tab", "w" + k, round);
                        acknowledged[k] = round;
                        if (round % 3 == 0)
                        {
                            await Client.DeleteItemAsync("tab", Item(("p", S("k" + ((round * 20) + k))), ("c", N(1))), Cancel);
                        }
                    }
                }
            },
            Cancel)).ToList();
        while (acknowledged.Any(count => Volatile.Read(ref count) == 0))
        {
            await Task.Yield();
        }

        var before = acknowledged.ToArray();
        var arn = (await Client.CreateBackupAsync(new CreateBackupRequest { TableName = "tab", BackupName = "busy" }, Cancel)).BackupDetails.BackupArn;
        var after = acknowledged.ToArray();
        await WorkAsync();
        Volatile.Write(ref stop, true);
        await Task.WhenAll(writers);
        await RestoreAsync(arn, "copy");
        await WorkAsync();
        for (var k = 0; k < acknowledged.Length; k++)
        {
            // One write of each key may have been on its way.
            Assert.InRange(int.Parse((await GetAsync("copy", "w" + k))["v"].N, System.Globalization.CultureInfo.InvariantCulture), before[k], after[k] + 1);
        }

        var described = (await Client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arn }, Cancel)).BackupDescription;
        Assert.Equal(described.SourceTableDetails.ItemCount, (await Client.DescribeTableAsync("copy", Cancel)).Table.ItemCount);
        Assert.Equal(described.BackupDetails.BackupSizeBytes, (await Client.DescribeTableAsync("copy", Cancel)).Table.TableSizeBytes);
    }

    [Fact]
    public async Task Every_moment_of_the_recovery_period_can_be_restored()
    {
        await CreateAsync();
        await PutAsync("tab", "old", 1);
        await RecoverAsync(enabled: true);
        var random = new Random(7);
        var model = new Dictionary<string, int> { ["old"] = 1 };
        var moments = new List<(DateTime Time, Dictionary<string, int> Items)>();
        for (var step = 1; step <= 120; step++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            var key = "k" + random.Next(8);
            if (random.Next(3) == 0)
            {
                await Client.DeleteItemAsync("tab", Item(("p", S(key)), ("c", N(1))), Cancel);
                model.Remove(key);
            }
            else
            {
                await PutAsync("tab", key, step);
                model[key] = step;
            }

            if (step % 24 == 0)
            {
                moments.Add((Time.GetUtcNow().UtcDateTime, new(model)));
            }
        }

        var number = 0;
        foreach (var (time, items) in moments)
        {
            var name = "at" + ++number;
            await Client.RestoreTableToPointInTimeAsync(
                new RestoreTableToPointInTimeRequest { SourceTableName = "tab", TargetTableName = name, RestoreDateTime = time }, Cancel);
            await WorkAsync();
            Assert.Equal(items.OrderBy(pair => pair.Key), await ScanAsync(name));
        }

        await Client.RestoreTableToPointInTimeAsync(
            new RestoreTableToPointInTimeRequest { SourceTableName = "tab", TargetTableName = "latest", UseLatestRestorableTime = true }, Cancel);
        await WorkAsync();
        Assert.Equal(model.OrderBy(pair => pair.Key), await ScanAsync("latest"));
        Assert.Equal("tab", (await Client.DescribeTableAsync("latest", Cancel)).Table.RestoreSummary.SourceTableArn.Split('/')[^1]);
    }

    [Fact]
    public async Task Recovery_tells_its_period_and_refuses_what_is_outside()
    {
        await CreateAsync();
        Assert.Contains("PointInTimeRecoveryUnavailableException", await RefusalAsync(() => RestoreAtAsync(Time.GetUtcNow())), StringComparison.Ordinal);
        var enabled = await RecoverAsync(enabled: true, days: 2);
        Assert.Equal(PointInTimeRecoveryStatus.ENABLED, enabled.PointInTimeRecoveryStatus);
        Assert.Equal(2, enabled.RecoveryPeriodInDays);
        Assert.Equal(Time.GetUtcNow().UtcDateTime, enabled.EarliestRestorableDateTime!.Value.ToUniversalTime());
        var early = Time.GetUtcNow();
        await PutAsync("tab", "a", 1);
        Time.Advance(TimeSpan.FromDays(3));
        await WorkAsync();
        var described = (await Client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "tab" }, Cancel))
            .ContinuousBackupsDescription.PointInTimeRecoveryDescription;
        Assert.Equal(Time.GetUtcNow().UtcDateTime.AddDays(-2), described.EarliestRestorableDateTime!.Value.ToUniversalTime());
        Assert.Equal(Time.GetUtcNow().UtcDateTime, described.LatestRestorableDateTime!.Value.ToUniversalTime());
        Assert.Contains("InvalidRestoreTimeException", await RefusalAsync(() => RestoreAtAsync(early)), StringComparison.Ordinal);
        Assert.Contains("InvalidRestoreTimeException", await RefusalAsync(() => RestoreAtAsync(Time.GetUtcNow().AddSeconds(1))), StringComparison.Ordinal);
        var disabled = await RecoverAsync(enabled: false);
        Assert.Equal(PointInTimeRecoveryStatus.DISABLED, disabled.PointInTimeRecoveryStatus);
        Assert.Null(disabled.EarliestRestorableDateTime);
        Assert.Contains(
            "TableNotFoundException: Table not found: none",
            await RefusalAsync(() => Client.UpdateContinuousBackupsAsync(
                new UpdateContinuousBackupsRequest { TableName = "none", PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } }, Cancel)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_table_with_recovery_leaves_a_backup_for_thirty_five_days()
    {
        await CreateAsync();
        await RecoverAsync(enabled: true);
        await PutAsync("tab", "a", 7);
        await Client.DeleteTableAsync("tab", Cancel);
        Assert.Empty((await Client.ListBackupsAsync(new ListBackupsRequest(), Cancel)).BackupSummaries);
        var listed = Assert.Single((await Client.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.SYSTEM }, Cancel)).BackupSummaries);
        Assert.Equal("tab$DeletedTableBackup", listed.BackupName);
        Assert.Equal(Time.GetUtcNow().UtcDateTime.AddDays(35), listed.BackupExpiryDateTime!.Value.ToUniversalTime());
        await RestoreAsync(listed.BackupArn, "tab");
        await WorkAsync();
        Assert.Equal("7", (await GetAsync("tab", "a"))["v"].N);
        Time.Advance(TimeSpan.FromDays(35));
        await WorkAsync();
        Assert.Empty((await Client.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.ALL }, Cancel)).BackupSummaries);
        Assert.Equal("7", (await GetAsync("tab", "a"))["v"].N);
    }

    [Fact]
    public async Task Backups_are_listed_in_pages_and_by_table_and_time()
    {
        await CreateAsync();
        await CreateAsync("other");
        var arns = new List<string>();
        foreach (var (table, name) in new[] { ("tab", "one"), ("other", "two"), ("tab", "three") })
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            arns.Add((await Client.CreateBackupAsync(new CreateBackupRequest { TableName = table, BackupName = name }, Cancel)).BackupDetails.BackupArn);
        }

        await WorkAsync();
        var page = await Client.ListBackupsAsync(new ListBackupsRequest { Limit = 2 }, Cancel);
        Assert.Equal(["one", "two"], page.BackupSummaries.Select(backup => backup.BackupName));
        var rest = await Client.ListBackupsAsync(new ListBackupsRequest { ExclusiveStartBackupArn = page.LastEvaluatedBackupArn }, Cancel);
        Assert.Equal(["three"], rest.BackupSummaries.Select(backup => backup.BackupName));
        Assert.Null(rest.LastEvaluatedBackupArn);
        var one = await Client.ListBackupsAsync(new ListBackupsRequest { TableName = "other" }, Cancel);
        Assert.Equal(["two"], one.BackupSummaries.Select(backup => backup.BackupName));
        var late = await Client.ListBackupsAsync(new ListBackupsRequest { TimeRangeLowerBound = Time.GetUtcNow().UtcDateTime }, Cancel);
        Assert.Equal(["three"], late.BackupSummaries.Select(backup => backup.BackupName));

        Assert.Equal(
            BackupStatus.DELETED,
            (await Client.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = arns[0] }, Cancel)).BackupDescription.BackupDetails.BackupStatus);
        Assert.Equal(
            "BackupNotFoundException: Backup not found: " + arns[0],
            await RefusalAsync(() => Client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arns[0] }, Cancel)));
        Assert.StartsWith("TableAlreadyExistsException", await RefusalAsync(() => RestoreAsync(arns[1], "tab")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_restore_overrides_is_checked_against_the_source()
    {
        await QuietAsync();
        await CreateAsync();
        await FillAsync("tab", 10);
        var arn = (await Client.CreateBackupAsync(new CreateBackupRequest { TableName = "tab", BackupName = "one" }, Cancel)).BackupDetails.BackupArn;
        Assert.StartsWith("BackupInUseException", await RefusalAsync(() => RestoreAsync(arn, "early")), StringComparison.Ordinal);
        Assert.StartsWith("BackupInUseException", await RefusalAsync(() => Client.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = arn }, Cancel)), StringComparison.Ordinal);
        Assert.StartsWith("ResourceInUseException", await RefusalAsync(() => Client.DeleteTableAsync("tab", Cancel)), StringComparison.Ordinal);
        await WorkAsync();
        await Client.RestoreTableFromBackupAsync(
            new RestoreTableFromBackupRequest
            {
                BackupArn = arn,
                TargetTableName = "bare",
                BillingModeOverride = BillingMode.PROVISIONED,
                ProvisionedThroughputOverride = new ProvisionedThroughput(3, 4),
                GlobalSecondaryIndexOverride = [],
                LocalSecondaryIndexOverride = [],
            },
            Cancel);
        await WorkAsync();
        var table = (await Client.DescribeTableAsync("bare", Cancel)).Table;
        Assert.Equal((3, 4), (table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits));
        Assert.Equal(["p", "c"], table.AttributeDefinitions.Select(attribute => attribute.AttributeName));
        Assert.StartsWith(
            "ValidationException",
            await RefusalAsync(() => Client.RestoreTableFromBackupAsync(
                new RestoreTableFromBackupRequest
                {
                    BackupArn = arn,
                    TargetTableName = "wrong",
                    GlobalSecondaryIndexOverride =
                    [
                        new() { IndexName = "new", KeySchema = [new("g", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } },
                    ],
                },
                Cancel)),
            StringComparison.Ordinal);
    }

    // Copies are made when the test says so.
    private Task QuietAsync() => Server.Services.GetRequiredService<BackupLoop>().StopAsync(Cancel);

    private Task WorkAsync() => Server.Services.GetRequiredService<BackupLoop>().RunOnceAsync(Cancel);

    private Task<PutItemResponse> PutAsync(string table, string p, int v) =>
        Client.PutItemAsync(table, Item(("p", S(p)), ("c", N(1)), ("v", N(v))), Cancel);

    private async Task<Dictionary<string, AttributeValue>> GetAsync(string table, string p) =>
        (await Client.GetItemAsync(table, Item(("p", S(p)), ("c", N(1))), Cancel)).Item;

    private async Task FillAsync(string table, int count)
    {
        for (var from = 0; from < count; from += 25)
        {
            await Client.BatchWriteItemAsync(
                new Dictionary<string, List<WriteRequest>>
                {
                    [table] = [.. Enumerable.Range(from, Math.Min(25, count - from)).Select(i => new WriteRequest(new PutRequest(
                        Item(("p", S("k" + i)), ("c", N(1)), ("g", S("g" + (i % 10))), ("n", N(i)), ("v", N(i))))))],
                },
                Cancel);
        }
    }

    private async Task<IEnumerable<KeyValuePair<string, int>>> ScanAsync(string table) =>
        (await Client.ScanAsync(new ScanRequest(table), Cancel)).Items
            .Select(item => KeyValuePair.Create(item["p"].S, int.Parse(item["v"].N, System.Globalization.CultureInfo.InvariantCulture)))
            .OrderBy(pair => pair.Key);

    private Task<RestoreTableFromBackupResponse> RestoreAsync(string arn, string target) =>
        Client.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = arn, TargetTableName = target }, Cancel);

    private Task<RestoreTableToPointInTimeResponse> RestoreAtAsync(DateTimeOffset time) => Client.RestoreTableToPointInTimeAsync(
        new RestoreTableToPointInTimeRequest { SourceTableName = "tab", TargetTableName = "then", RestoreDateTime = time.UtcDateTime }, Cancel);

    private async Task<PointInTimeRecoveryDescription> RecoverAsync(bool enabled, int? days = null) => (await Client.UpdateContinuousBackupsAsync(
        new UpdateContinuousBackupsRequest
        {
            TableName = "tab",
            PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = enabled, RecoveryPeriodInDays = days },
        },
        Cancel)).ContinuousBackupsDescription.PointInTimeRecoveryDescription;
}
