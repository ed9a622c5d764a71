using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>What the service reports about its tables.</summary>
public sealed class MetricApiTests : Cloud, IMetrics
{
    private readonly ConcurrentQueue<MetricDatum> _data = new();

    protected override bool HasOwnOptions => true;

    protected override Action<IServiceCollection> Configure => services => services.AddSingleton<IMetrics>(this);

    public ValueTask PutAsync(AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data, CancellationToken cancel)
    {
        Assert.Equal("AWS/DynamoDB", metricNamespace);
        Assert.Equal("us-east-1", region.Name);
        foreach (var datum in data)
        {
            _data.Enqueue(datum);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(AccountId account, Region region, MetricQuery query, CancellationToken cancel) => new([]);

    [Fact]
    public async Task Units_latencies_and_items_are_reported_by_table_index_and_operation()
    {
        await CreateAsync();
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("g", S("x")), ("x", S(new string('x', 3000)))), Cancel);
        await Client.GetItemAsync("tab", Item(("p", S("a")), ("c", N(1))), consistentRead: false, Cancel);
        await Client.ScanAsync(new ScanRequest("tab") { IndexName = "byG" }, Cancel);
        await Client.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM tab WHERE p = 'none'" }, Cancel);
        await ReportAsync();

        Assert.Equal((3, "Count"), Sum("ConsumedWriteCapacityUnits", "TableName=tab"));
        Assert.Equal((3, "Count"), Sum("ConsumedWriteCapacityUnits", "TableName=tab,GlobalSecondaryIndexName=byG"));
        Assert.Equal((1, "Count"), Sum("ConsumedReadCapacityUnits", "TableName=tab"));
        Assert.Equal((0, "Count"), Sum("ReturnedItemCount", "TableName=tab,Operation=ExecuteStatement"));
        Assert.Equal((0.5, "Count"), Sum("ConsumedReadCapacityUnits", "TableName=tab,GlobalSecondaryIndexName=byG"));
        Assert.Equal((1, "Count"), Sum("ReturnedItemCount", "TableName=tab,Operation=Scan"));
        Assert.Equal("Milliseconds", Sum("SuccessfulRequestLatency", "TableName=tab,Operation=PutItem").Unit);
    }

    [Fact]
    public async Task Refusals_are_reported_by_what_was_short()
    {
        await CreateAsync(change: request =>
        {
            request.BillingMode = BillingMode.PROVISIONED;
            request.ProvisionedThroughput = new(7, 1);
            request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new(2, 1);
        });
        var item = Item(("p", S("a")), ("c", N(1)), ("x", S(new string('x', 320_000))));
        await Client.PutItemAsync("tab", item, Cancel);
        await RefusalAsync(() => Client.PutItemAsync("tab", item, Cancel));
        await RefusalAsync(() => Client.GetItemAsync("none", item, Cancel));
        Time.Advance(TimeSpan.FromSeconds(15));
        await RefusalAsync(() => Client.PutItemAsync(
            new PutItemRequest { TableName = "tab", Item = Item(("p", S("a")), ("c", N(1))), ConditionExpression = "attribute_not_exists(p)" }, Cancel));
        await ReportAsync();

        Assert.Equal(1, Sum("WriteThrottleEvents", "TableName=tab").Sum);
        Assert.Equal(1, Sum("WriteProvisionedThroughputThrottleEvents", "TableName=tab").Sum);
        Assert.Equal(1, Sum("ThrottledRequests", "TableName=tab,Operation=PutItem").Sum);
        Assert.Equal(1, Sum("ConditionalCheckFailedRequests", "TableName=tab").Sum);
        Assert.Equal(1, Sum("UserErrors", "").Sum);
        Assert.Equal(7, Sum("ProvisionedReadCapacityUnits", "TableName=tab").Sum);
        Assert.Equal(2, Sum("ProvisionedReadCapacityUnits", "TableName=tab,GlobalSecondaryIndexName=byG").Sum);
    }

    private Task ReportAsync() => Server.Services.GetRequiredService<MetricReporter>().ReportAsync(Cancel);

    private (double Sum, string Unit) Sum(string name, string dimensions)
    {
        var datum = Assert.Single(_data, datum => datum.Name == name
            && string.Join(',', datum.Dimensions.Select(dimension => $"{dimension.Name}={dimension.Value}")) == dimensions);
        return (datum.Values.Sum, datum.Unit);
    }
}
