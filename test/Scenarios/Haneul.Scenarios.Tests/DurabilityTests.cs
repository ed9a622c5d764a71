using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Haneul.Scenarios.Tests;

public sealed class DurabilityTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_write_that_was_acknowledged_is_there_after_a_crash()
    {
        using (var setup = Client())
        {
            await setup.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = "crash",
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                    AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
                    KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
                },
                Cancel);
            while ((await setup.DescribeTableAsync("crash", Cancel)).Table.TableStatus != TableStatus.ACTIVE)
            {
                await Task.Yield();
            }
        }

        var acknowledged = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                using var client = Client();
                try
                {
                    for (var i = 0; ; i++)
                    {
                        var id = $"{writer}-{i}";
                        await client.PutItemAsync("crash", new() { ["id"] = new AttributeValue(id), ["data"] = new AttributeValue(new string('x', 500)) }, Cancel);
                        acknowledged.Add(id);
                        if (acknowledged.Count >= 500)
                        {
                            enough.TrySetResult();
                        }
                    }
                }
                catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException or AmazonClientException)
                {
                    // The cloud is gone; what was acknowledged before counts.
                }
            },
            Cancel)).ToList();
        await enough.Task.WaitAsync(Cancel);
        await cloud.CrashAsync();
        await Task.WhenAll(writers);

        using var reader = Client();
        var found = new HashSet<string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await reader.ScanAsync(new ScanRequest("crash") { ExclusiveStartKey = start }, Cancel);
            found.UnionWith(page.Items.Select(item => item["id"].S));
            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });

        Assert.True(acknowledged.Count >= 500);
        Assert.Subset(found, acknowledged.ToHashSet());
    }

    private AmazonDynamoDBClient Client() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonDynamoDBConfig { ServiceURL = cloud.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}
