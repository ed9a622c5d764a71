using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Global indexes whose keys have several attributes.</summary>
public sealed class CompositeKeyApiTests : Cloud
{
    [Fact]
    public async Task A_query_names_the_whole_hash_key_and_the_range_key_from_left_to_right()
    {
        await MakeAsync();
        Assert.Equal(["m1", "m2", "m3", "m4"], await QueryAsync("h1 = :a AND h2 = :x"));
        Assert.Equal(["m1", "m2"], await QueryAsync("h2 = :x AND h1 = :a AND r1 = :one"));
        Assert.Equal(["m2"], await QueryAsync("h1 = :a AND h2 = :x AND r1 = :one AND r2 > :p"));
        Assert.Equal(["m3", "m4"], await QueryAsync("h1 = :a AND h2 = :x AND r1 > :one"));
        Assert.Equal(["m1"], await QueryAsync("h1 = :a AND h2 = :x AND r1 = :one AND begins_with(r2, :p)"));
        Assert.Equal(["m4"], await QueryAsync("h1 = :a AND h2 = :x AND r1 = :ten AND r2 = :p"));

        Assert.Equal("ValidationException: Query condition missed key schema element: h2", await RefusalAsync(() => QueryAsync("h1 = :a")));
        Assert.Equal(
            "ValidationException: Query condition missed key schema element: r1", await RefusalAsync(() => QueryAsync("h1 = :a AND h2 = :x AND r2 = :p")));
        Assert.Equal(
            "ValidationException: Query key condition not supported", await RefusalAsync(() => QueryAsync("h1 = :a AND h2 = :x AND r1 > :one AND r2 = :p")));
        Assert.Equal("ValidationException: Query key condition not supported", await RefusalAsync(() => QueryAsync("h1 = :a AND h2 > :x")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_go_on_where_they_ended(bool forward)
    {
        await MakeAsync();
        var seen = new List<string>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await Client.QueryAsync(Ask("h1 = :a AND h2 = :x", request =>
            {
                request.Limit = 1;
                request.ScanIndexForward = forward;
                request.ExclusiveStartKey = start;
            }), Cancel);
            seen.AddRange(page.Items.Select(item => item["p"].S));
            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });
        string[] all = ["m1", "m2", "m3", "m4"];
        Assert.Equal(forward ? all : all.Reverse(), seen);

        var scanned = new List<string>();
        do
        {
            var page = await Client.ScanAsync(new ScanRequest("games") { IndexName = "byBoth", Limit = 2, ExclusiveStartKey = start }, Cancel);
            scanned.AddRange(page.Items.Select(item => item["p"].S));
            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });
        Assert.Equal(["m1", "m2", "m3", "m4", "m5"], scanned.Order());
    }

    [Fact]
    public async Task An_item_without_one_of_the_attributes_is_not_in_the_index()
    {
        await MakeAsync();
        await Client.PutItemAsync("games", Item(("p", S("half")), ("h1", S("a")), ("h2", S("x")), ("r1", N(1))), Cancel);
        Assert.Equal(["m1", "m2", "m3", "m4"], await QueryAsync("h1 = :a AND h2 = :x"));
        await Client.UpdateItemAsync(
            new UpdateItemRequest { TableName = "games", Key = Item(("p", S("m1"))), UpdateExpression = "REMOVE r2" }, Cancel);
        Assert.Equal(["m2", "m3", "m4"], await QueryAsync("h1 = :a AND h2 = :x"));
        Assert.StartsWith(
            "ValidationException: One or more parameter values were invalid: Type mismatch for Index Key r1 Expected: N Actual: S IndexName: byBoth",
            await RefusalAsync(() => Client.PutItemAsync("games", Item(("p", S("bad")), ("r1", S("x"))), Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_told_in_their_order_and_have_four_attributes_at_most()
    {
        await MakeAsync();
        var index = Assert.Single((await Client.DescribeTableAsync("games", Cancel)).Table.GlobalSecondaryIndexes);
        Assert.Equal(["h1 HASH", "h2 HASH", "r1 RANGE", "r2 RANGE"], index.KeySchema.Select(key => $"{key.AttributeName} {key.KeyType}"));
        string[] names = ["a", "b", "c", "d", "e"];
        Assert.StartsWith(
            "ValidationException: One or more parameter values were invalid: Number of HASH key attributes exceeds the limit of 4",
            await RefusalAsync(() => Client.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = "many",
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                    KeySchema = [new("a", KeyType.HASH)],
                    AttributeDefinitions = [.. names.Select(name => new AttributeDefinition(name, ScalarAttributeType.S))],
                    GlobalSecondaryIndexes =
                    [
                        new()
                        {
                            IndexName = "wide",
                            KeySchema = [.. names.Select(name => new KeySchemaElement(name, KeyType.HASH))],
                            Projection = new() { ProjectionType = ProjectionType.ALL },
                        },
                    ],
                },
                Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PartiQL_does_not_read_such_an_index()
    {
        await MakeAsync();
        Assert.Equal(
            "ValidationException: PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.",
            await RefusalAsync(() => Client.ExecuteStatementAsync(
                new ExecuteStatementRequest { Statement = "SELECT * FROM games.byBoth WHERE h1 = 'a' AND h2 = 'x'" }, Cancel)));
        Assert.Single((await Client.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = "SELECT * FROM games WHERE p = 'm1'" }, Cancel)).Items);
    }

    private async Task MakeAsync()
    {
        await Client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = "games",
                BillingMode = BillingMode.PAY_PER_REQUEST,
                KeySchema = [new("p", KeyType.HASH)],
                AttributeDefinitions = [new("p", ScalarAttributeType.S)],
            },
            Cancel);
        (string P, string H1, string H2, int R1, string R2)[] rows =
            [("m1", "a", "x", 1, "p"), ("m2", "a", "x", 1, "q"), ("m3", "a", "x", 2, "a"), ("m4", "a", "x", 10, "p"), ("m5", "ax", "", 1, "p")];
        foreach (var (p, h1, h2, r1, r2) in rows)
        {
            await Client.PutItemAsync(
                "games", Item(("p", S(p)), ("h1", S(h1)), ("h2", S(h2.Length == 0 ? "y" : h2)), ("r1", N(r1)), ("r2", S(r2))), Cancel);
        }

        // The index comes later: it is filled from what is there.
        await Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = "games",
                AttributeDefinitions =
                [
                    new("h1", ScalarAttributeType.S), new("h2", ScalarAttributeType.S), new("r1", ScalarAttributeType.N), new("r2", ScalarAttributeType.S),
                ],
                GlobalSecondaryIndexUpdates =
                [
                    new()
                    {
                        Create = new()
                        {
                            IndexName = "byBoth",
                            KeySchema = [new("h1", KeyType.HASH), new("h2", KeyType.HASH), new("r1", KeyType.RANGE), new("r2", KeyType.RANGE)],
                            Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY },
                        },
                    },
                ],
            },
            Cancel);
        while ((await Client.DescribeTableAsync("games", Cancel)).Table.GlobalSecondaryIndexes[0].IndexStatus != IndexStatus.ACTIVE)
        {
            await Task.Yield();
        }
    }

    private async Task<IEnumerable<string>> QueryAsync(string condition) =>
        (await Client.QueryAsync(Ask(condition), Cancel)).Items.Select(item => item["p"].S);

    private static QueryRequest Ask(string condition, Action<QueryRequest>? change = null)
    {
        var values = Item((":a", S("a")), (":x", S("x")), (":one", N(1)), (":ten", N(10)), (":p", S("p")));
        var request = new QueryRequest("games")
        {
            IndexName = "byBoth",
            KeyConditionExpression = condition,
            ExpressionAttributeValues = values.Where(value => condition.Contains(value.Key, StringComparison.Ordinal)).ToDictionary(),
        };
        change?.Invoke(request);
        return request;
    }
}
