using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>What an account may have, and how often a table's settings may change.</summary>
public sealed class SettingsApiTests : Cloud
{
    protected override bool HasOwnOptions => true;

    protected override IServiceModule[] Modules => [new DynamoDbModule(new DynamoDbOptions { MaxTables = 3, ItemCollectionLimit = 10_000 })];

    [Fact]
    public async Task An_account_has_a_limit_of_tables_in_each_region()
    {
        foreach (var name in new[] { "one", "two", "three" })
        {
            await CreateAsync(name);
        }

        Assert.Equal(
            "LimitExceededException: Subscriber limit exceeded: There is a limit of 3 tables per subscriber", await RefusalAsync(() => CreateAsync("four")));
        await Client.DeleteTableAsync("two", Cancel);
        await CreateAsync("four");
    }

    [Fact]
    public async Task Expiry_is_changed_once_an_hour()
    {
        await CreateAsync();
        await SetExpiryAsync(enabled: true);
        Assert.Equal("ValidationException: TimeToLive is already enabled", await RefusalAsync(() => SetExpiryAsync(enabled: true)));
        Assert.Equal(
            "ValidationException: Time to live has been modified multiple times within a fixed interval",
            await RefusalAsync(() => SetExpiryAsync(enabled: false)));
        Time.Advance(TimeSpan.FromHours(1));
        await SetExpiryAsync(enabled: false);
    }

    [Fact]
    public async Task An_item_collection_does_not_grow_above_its_limit()
    {
        await CreateAsync();
        for (var i = 0; i < 4; i++)
        {
            await PutAsync("a", i, 2_000);
        }

        Assert.Equal("ItemCollectionSizeLimitExceededException: Collection size exceeded.", await RefusalAsync(() => PutAsync("a", 4, 2_000)));
        await PutAsync("b", 0, 2_000);
        var canceled = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest { TransactItems = [new() { Put = new() { TableName = "tab", Item = Make("a", 5, 2_000) } }] }, Cancel));
        Assert.Equal("ItemCollectionSizeLimitExceeded", Assert.Single(canceled.CancellationReasons).Code);

        // What makes it smaller is taken, and leaves room for others.
        await Client.DeleteItemAsync("tab", Item(("p", S("a")), ("c", N(0))), Cancel);
        await PutAsync("a", 4, 1_900);
    }

    [Fact]
    public async Task The_entries_of_local_indexes_count_too()
    {
        await CreateAsync(change: request => request.LocalSecondaryIndexes[0].Projection.ProjectionType = ProjectionType.ALL);
        await PutAsync("a", 1, 4_000, ("n", N(1)));
        Assert.StartsWith("ItemCollectionSizeLimitExceededException", await RefusalAsync(() => PutAsync("a", 2, 4_000, ("n", N(1)))), StringComparison.Ordinal);
        var put = await Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = "tab", Item = Item(("p", S("a")), ("c", N(3))), ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE,
            },
            Cancel);
        Assert.Equal([0, 1], put.ItemCollectionMetrics.SizeEstimateRangeGB);
    }

    [Fact]
    public async Task A_table_class_changes_twice_within_30_days()
    {
        await CreateAsync();
        await SetClassAsync(TableClass.STANDARD);
        Assert.Null((await DescribeAsync()).TableClassSummary);
        await SetClassAsync(TableClass.STANDARD_INFREQUENT_ACCESS);
        await SetClassAsync(TableClass.STANDARD);
        Assert.StartsWith(
            "LimitExceededException: Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).",
            await RefusalAsync(() => SetClassAsync(TableClass.STANDARD_INFREQUENT_ACCESS)), StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromDays(31));
        await SetClassAsync(TableClass.STANDARD_INFREQUENT_ACCESS);
    }

    [Fact]
    public async Task Keys_of_ones_own_are_refused_by_name()
    {
        await CreateAsync(change: request => request.SSESpecification = new() { Enabled = false });
        Assert.Equal(
            "ValidationException: Haneul does not support SSESpecification.KMSMasterKeyId of UpdateTable yet.",
            await RefusalAsync(() => UpdateAsync(new() { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = "alias/mine" })));
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Table is already encrypted by default",
            await RefusalAsync(() => UpdateAsync(new() { Enabled = false })));

        Task<UpdateTableResponse> UpdateAsync(SSESpecification wanted) =>
            Client.UpdateTableAsync(new UpdateTableRequest { TableName = "tab", SSESpecification = wanted }, Cancel);
    }

    [Fact]
    public async Task Contributor_insights_are_turned_on_and_off_by_table_and_index()
    {
        await CreateAsync();
        Assert.Equal(ContributorInsightsStatus.DISABLED, (await DescribeInsightsAsync(null)).ContributorInsightsStatus);
        Assert.Equal(ContributorInsightsStatus.ENABLING, await SetInsightsAsync(ContributorInsightsAction.ENABLE, null));
        Assert.Equal(ContributorInsightsStatus.ENABLED, await SetInsightsAsync(ContributorInsightsAction.ENABLE, null));
        Assert.Equal(ContributorInsightsStatus.ENABLING, await SetInsightsAsync(ContributorInsightsAction.ENABLE, "byG"));
        Assert.Equal(ContributorInsightsStatus.DISABLED, await SetInsightsAsync(ContributorInsightsAction.DISABLE, null, "other"));

        var first = await Client.ListContributorInsightsAsync(new ListContributorInsightsRequest { MaxResults = 1 }, Cancel);
        Assert.Null(Assert.Single(first.ContributorInsightsSummaries).IndexName);
        var second = await Client.ListContributorInsightsAsync(new ListContributorInsightsRequest { NextToken = first.NextToken }, Cancel);
        Assert.Equal("byG", Assert.Single(second.ContributorInsightsSummaries).IndexName);
        Assert.Null(second.NextToken);

        Assert.Equal(ContributorInsightsStatus.DISABLING, await SetInsightsAsync(ContributorInsightsAction.DISABLE, null));
        Assert.Equal(ContributorInsightsStatus.DISABLED, (await DescribeInsightsAsync(null)).ContributorInsightsStatus);
        Assert.Equal(ContributorInsightsStatus.ENABLED, (await DescribeInsightsAsync("byG")).ContributorInsightsStatus);
        Assert.StartsWith("ResourceNotFoundException", await RefusalAsync(() => DescribeInsightsAsync("byN")), StringComparison.Ordinal);
    }

    private static Dictionary<string, AttributeValue> Make(string p, int c, int bytes, params (string Name, AttributeValue Value)[] more) =>
        Item([("p", S(p)), ("c", N(c)), ("x", S(new string('x', bytes))), .. more]);

    private Task<PutItemResponse> PutAsync(string p, int c, int bytes, params (string Name, AttributeValue Value)[] more) =>
        Client.PutItemAsync("tab", Make(p, c, bytes, more), Cancel);

    private Task<UpdateTimeToLiveResponse> SetExpiryAsync(bool enabled) => Client.UpdateTimeToLiveAsync(
        new UpdateTimeToLiveRequest { TableName = "tab", TimeToLiveSpecification = new() { AttributeName = "t", Enabled = enabled } }, Cancel);

    private Task<UpdateTableResponse> SetClassAsync(TableClass tableClass) =>
        Client.UpdateTableAsync(new UpdateTableRequest { TableName = "tab", TableClass = tableClass }, Cancel);

    private async Task<TableDescription> DescribeAsync() => (await Client.DescribeTableAsync("tab", Cancel)).Table;

    private Task<DescribeContributorInsightsResponse> DescribeInsightsAsync(string? index) =>
        Client.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = "tab", IndexName = index }, Cancel);

    private async Task<ContributorInsightsStatus> SetInsightsAsync(ContributorInsightsAction action, string? index, string? table = null)
    {
        if (table is not null)
        {
            await CreateAsync(table);
        }

        return (await Client.UpdateContributorInsightsAsync(
            new UpdateContributorInsightsRequest { TableName = table ?? "tab", IndexName = index, ContributorInsightsAction = action }, Cancel))
            .ContributorInsightsStatus;
    }
}
