using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class ReadApiTests : Cloud
{
    [Theory]
    [InlineData("c = :x", new[] { 7 })]
    [InlineData("c < :x", new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("c <= :x", new[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("c > :x", new[] { 8, 9, 10 })]
    [InlineData(":x <= c", new[] { 7, 8, 9, 10 })]
    [InlineData("c BETWEEN :x AND :y", new[] { 7, 8, 9 })]
    public async Task Range_conditions_choose(string condition, int[] expected)
    {
        await FillAsync();
        var values = new Dictionary<string, AttributeValue> { [":p"] = S("h1"), [":x"] = N(7) };
        if (condition.Contains(":y", StringComparison.Ordinal))
        {
            values.Add(":y", N(9));
        }

        var request = new QueryRequest { TableName = "tab", KeyConditionExpression = "p = :p AND " + condition, ExpressionAttributeValues = values };
        Assert.Equal(expected, Numbers((await Client.QueryAsync(request, Cancel)).Items));
        request.ScanIndexForward = false;
        Assert.Equal(expected.Reverse(), Numbers((await Client.QueryAsync(request, Cancel)).Items));
    }

    [Theory]
    [InlineData(null, "p = :v", "h1", true)]
    [InlineData(null, "p = :v", "h1", false)]
    [InlineData("byG", "g = :v", "g1", true)]
    [InlineData("byG", "g = :v", "g1", false)]
    [InlineData("byN", "p = :v", "h1", true)]
    [InlineData("byN", "p = :v", "h1", false)]
    public async Task Pages_of_queries_join_without_gap_or_overlap(string? index, string condition, string value, bool forward)
    {
        await FillAsync();
        var request = new QueryRequest
        {
            TableName = "tab",
            IndexName = index,
            KeyConditionExpression = condition,
            ExpressionAttributeValues = new() { [":v"] = S(value) },
            ScanIndexForward = forward,
        };
        var all = Keys((await Client.QueryAsync(request, Cancel)).Items);
        Assert.NotEmpty(all);
        request.Limit = 3;
        var paged = new List<string>();
        do
        {
            var page = await Client.QueryAsync(request, Cancel);
            paged.AddRange(Keys(page.Items));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 7)]
    [InlineData("byG", 5)]
    [InlineData("byN", 3)]
    public async Task Segments_of_a_scan_are_all_items_once(string? index, int segments)
    {
        await FillAsync();
        var seen = new List<string>();
        for (var segment = 0; segment < segments; segment++)
        {
            Dictionary<string, AttributeValue>? start = null;
            do
            {
                var page = await Client.ScanAsync(
                    new ScanRequest { TableName = "tab", IndexName = index, Segment = segment, TotalSegments = segments, Limit = 4, ExclusiveStartKey = start }, Cancel);
                seen.AddRange(Keys(page.Items));
                start = page.LastEvaluatedKey;
            }
            while (start is { Count: > 0 });
        }

        Assert.Equal(50, seen.Count);
        Assert.Equal(50, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_page_ends_at_a_megabyte()
    {
        await CreateAsync();

        // The small one first: the rest is as much as a partition takes in a second.
        await Client.PutItemAsync("tab", Item(("p", S("big")), ("c", N(3))), Cancel);
        for (var i = 0; i < 3; i++)
        {
            await Client.PutItemAsync("tab", Item(("p", S("big")), ("c", N(i)), ("x", S(new string('x', 350_000)))), Cancel);
        }

        var page = await Client.QueryAsync(
            new QueryRequest
            {
                TableName = "tab",
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new() { [":p"] = S("big") },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Equal(3, page.Count);
        Assert.Equal("2", page.LastEvaluatedKey["c"].N);
        Assert.Equal(128.5, page.ConsumedCapacity.CapacityUnits);
    }

    [Fact]
    public async Task Filters_count_what_they_pass_and_what_they_saw()
    {
        await FillAsync();
        var page = await Client.QueryAsync(
            new QueryRequest
            {
                TableName = "tab",
                KeyConditionExpression = "p = :p",
                FilterExpression = "n > :n",
                ProjectionExpression = "c",
                ExpressionAttributeValues = new() { [":p"] = S("h1"), [":n"] = N(-3) },
            },
            Cancel);
        Assert.Equal(2, page.Count);
        Assert.Equal(10, page.ScannedCount);
        Assert.All(page.Items, item => Assert.Equal("c", Assert.Single(item).Key));
    }

    [Fact]
    public async Task Indexes_follow_their_items()
    {
        await CreateAsync();
        var key = Item(("p", S("a")), ("c", N(1)));
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("g", S("one"))), Cancel);
        Assert.Single(await ByAsync("one"));
        await UpdateAsync("SET g = :v", S("two"));
        Assert.Empty(await ByAsync("one"));
        Assert.Single(await ByAsync("two"));
        await UpdateAsync("SET x = :v", S("seen"));
        Assert.Equal("seen", Assert.Single(await ByAsync("two"))["x"].S);
        await UpdateAsync("SET y = :v REMOVE g", S("y"));
        Assert.Empty(await ByAsync("two"));
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("g", S("three"))), Cancel);
        await Client.DeleteItemAsync("tab", key, Cancel);
        Assert.Empty(await ByAsync("three"));
        var index = (await Client.DescribeTableAsync("tab", Cancel)).Table.GlobalSecondaryIndexes[0];
        Assert.Equal((0, 0), (index.ItemCount, index.IndexSizeBytes));

        Task UpdateAsync(string expression, AttributeValue value) => Client.UpdateItemAsync(
            new UpdateItemRequest { TableName = "tab", Key = key, UpdateExpression = expression, ExpressionAttributeValues = new() { [":v"] = value } }, Cancel);
        async Task<List<Dictionary<string, AttributeValue>>> ByAsync(string g) => (await Client.QueryAsync(
            new QueryRequest { TableName = "tab", IndexName = "byG", KeyConditionExpression = "g = :g", ExpressionAttributeValues = new() { [":g"] = S(g) } }, Cancel)).Items;
    }

    [Theory]
    [InlineData("c = :v", "Query condition missed key schema element: p")]
    [InlineData("p = :v AND g = :v", "Query condition missed key schema element: c")]
    [InlineData("p > :v", "Query key condition not supported")]
    [InlineData("p = :v OR c = :v", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("p = :v AND p = :v", "KeyConditionExpressions must only contain one condition per key")]
    [InlineData("p = :v AND c = :v", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("p = :v AND contains(c, :v)", "Invalid operator used in KeyConditionExpression: contains")]
    [InlineData("p.x = :v", "KeyConditionExpressions cannot have conditions on nested attributes")]
    public async Task Key_conditions_are_refused_as_aws_refuses_them(string condition, string message)
    {
        await CreateAsync();
        var request = new QueryRequest { TableName = "tab", KeyConditionExpression = condition, ExpressionAttributeValues = new() { [":v"] = S("x") } };
        Assert.Equal("ValidationException: " + message, await RefusalAsync(() => Client.QueryAsync(request, Cancel)));
    }

    [Fact]
    public async Task Reads_are_refused_as_aws_refuses_them()
    {
        await CreateAsync();
        Assert.Equal(
            "ValidationException: The table does not have the specified index: none",
            await RefusalAsync(() => Client.ScanAsync(new ScanRequest { TableName = "tab", IndexName = "none" }, Cancel)));
        Assert.Equal(
            "ValidationException: Consistent reads are not supported on global secondary indexes",
            await RefusalAsync(() => Client.ScanAsync(new ScanRequest { TableName = "tab", IndexName = "byG", ConsistentRead = true }, Cancel)));
        Assert.Equal(
            "ValidationException: Filter Expression can only contain non-primary key attributes: Primary key attribute: c",
            await RefusalAsync(() => Client.QueryAsync(
                new QueryRequest
                {
                    TableName = "tab",
                    KeyConditionExpression = "p = :v",
                    FilterExpression = "c = :n",
                    ExpressionAttributeValues = new() { [":v"] = S("x"), [":n"] = N(1) },
                },
                Cancel)));
        Assert.Equal(
            "ValidationException: Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
            await RefusalAsync(() => Client.QueryAsync(new QueryRequest { TableName = "tab" }, Cancel)));
    }

    private async Task FillAsync()
    {
        await CreateAsync();
        for (var hash = 0; hash < 5; hash++)
        {
            await Client.BatchWriteItemAsync(
                new BatchWriteItemRequest
                {
                    RequestItems = new()
                    {
                        ["tab"] = [.. Enumerable.Range(1, 10).Select(c => new WriteRequest(new PutRequest(
                            Item(("p", S($"h{hash}")), ("c", N(c)), ("g", S($"g{(hash + c) % 3}")), ("n", N(-c))))))],
                    },
                },
                Cancel);
        }
    }

    private static IEnumerable<int> Numbers(IEnumerable<Dictionary<string, AttributeValue>> items) =>
        items.Select(item => int.Parse(item["c"].N, System.Globalization.CultureInfo.InvariantCulture));

    private static List<string> Keys(IEnumerable<Dictionary<string, AttributeValue>> items) => [.. items.Select(item => $"{item["p"].S}/{item["c"].N}")];
}
