using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>
/// Every condition key of the service, one by one.
/// <see href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html"/>
/// </summary>
public sealed class PolicyConditionApiTests : PolicyCloud
{
    [Theory]
    [InlineData("dynamodb:LeadingKeys", "${aws:username}")]
    [InlineData("dynamodb:FirstPartitionKeyValues", "${aws:username}")]
    [InlineData("dynamodb:LeadingKeys", "${www.amazon.com:user_id}")]
    [InlineData("dynamodb:LeadingKeys", "${cognito-identity.amazonaws.com:sub}")]
    public async Task A_user_has_rows_of_his_own(string key, string variable)
    {
        using var ada = await UserAsync(
            "\"dynamodb:*\"", $$$"""{"ForAllValues:StringEquals":{"{{{key}}}":["{{{variable}}}"]}}""",
            ("www.amazon.com:user_id", "ADA"), ("cognito-identity.amazonaws.com:sub", "ADA"));
        await ada.PutItemAsync("tab", Row("ADA"), Cancel);
        await ada.GetItemAsync("tab", Row("ADA"), Cancel);
        await ada.UpdateItemAsync(new UpdateItemRequest { TableName = "tab", Key = Row("ADA"), UpdateExpression = "REMOVE y" }, Cancel);
        await ada.QueryAsync(Ask("p = :p AND c = :c", "ADA"), Cancel);
        await ada.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM tab WHERE p = 'ADA'" }, Cancel);
        await ada.TransactWriteItemsAsync(Transaction("ADA"), Cancel);
        await ada.DeleteItemAsync("tab", Row("ADA"), Cancel);

        await DeniedAsync(() => ada.PutItemAsync("tab", Row("EVE"), Cancel));
        await DeniedAsync(() => ada.GetItemAsync("tab", Row("EVE"), Cancel));
        await DeniedAsync(() => ada.DeleteItemAsync("tab", Row("EVE"), Cancel));
        await DeniedAsync(() => ada.TransactWriteItemsAsync(Transaction("EVE"), Cancel));
        await DeniedAsync(() => ada.BatchGetItemAsync(
            new BatchGetItemRequest { RequestItems = new() { ["tab"] = new() { Keys = [Row("ADA"), Row("EVE")] } } }, Cancel));
        await DeniedAsync(() => ada.BatchWriteItemAsync(
            new BatchWriteItemRequest { RequestItems = new() { ["tab"] = [new(new PutRequest(Row("ADA"))), new(new PutRequest(Row("EVE")))] } }, Cancel));
        await DeniedAsync(() => ada.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = "SELECT * FROM tab WHERE p IN ['ADA', 'EVE']" }, Cancel));
        await DeniedAsync(() => ada.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = "INSERT INTO tab VALUE {'p': 'EVE', 'c': 1}" }, Cancel));

        // The hash key counts, wherever it stands.
        await DeniedAsync(() => ada.QueryAsync(Ask("p = :p AND c = :c", "EVE"), Cancel));
        await DeniedAsync(() => ada.QueryAsync(Ask("c = :c AND p = :p", "EVE"), Cancel));
    }

    [Fact]
    public async Task A_query_of_an_index_is_held_to_the_indexs_own_key()
    {
        using var ada = await UserAsync("\"dynamodb:Query\"", """{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["ADA"]}}""");
        var query = new QueryRequest("tab")
        {
            IndexName = "byG", KeyConditionExpression = "g = :g", ExpressionAttributeValues = new() { [":g"] = S("ADA") },
        };
        await ada.QueryAsync(query, Cancel);
        query.ExpressionAttributeValues[":g"] = S("EVE");
        await DeniedAsync(() => ada.QueryAsync(query, Cancel));
    }

    [Fact]
    public async Task Keys_of_several_attributes_are_known_one_by_one()
    {
        using var ada = await UserAsync(
            "\"dynamodb:Query\"", """{"StringEquals":{"dynamodb:FirstPartitionKeyValues":"ADA","dynamodb:SecondPartitionKeyValues":"2025"}}""");
        await Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = "tab",
                AttributeDefinitions = [new("g", ScalarAttributeType.S), new("y", ScalarAttributeType.S)],
                GlobalSecondaryIndexUpdates =
                [
                    new()
                    {
                        Create = new()
                        {
                            IndexName = "both",
                            KeySchema = [new("g", KeyType.HASH), new("y", KeyType.HASH)],
                            Projection = new() { ProjectionType = ProjectionType.ALL },
                        },
                    },
                ],
            },
            Cancel);
        var query = new QueryRequest("tab")
        {
            IndexName = "both",
            KeyConditionExpression = "y = :y AND g = :g",
            ExpressionAttributeValues = new() { [":g"] = S("ADA"), [":y"] = S("2026") },
        };
        await DeniedAsync(() => ada.QueryAsync(query, Cancel));
        query.ExpressionAttributeValues[":y"] = S("2025");
        try
        {
            await ada.QueryAsync(query, Cancel);
        }
        catch (AmazonDynamoDBException exception) when (exception.Message.StartsWith("Cannot read from backfilling", StringComparison.Ordinal))
        {
            // Allowed: the index is only not ready yet.
        }
    }

    [Fact]
    public async Task Attributes_are_those_that_the_request_speaks_of()
    {
        using var ada = await UserAsync(
            "\"dynamodb:*\"",
            """{"ForAllValues:StringEquals":{"dynamodb:Attributes":["p","c","open"]},"StringEqualsIfExists":{"dynamodb:Select":"SPECIFIC_ATTRIBUTES","dynamodb:ReturnValues":["NONE","UPDATED_OLD","UPDATED_NEW"]}}""");
        var get = new GetItemRequest { TableName = "tab", Key = Row("a"), ProjectionExpression = "p, c, #o", ExpressionAttributeNames = new() { ["#o"] = "open" } };
        await ada.GetItemAsync(get, Cancel);
        get.ExpressionAttributeNames["#o"] = "closed";
        await DeniedAsync(() => ada.GetItemAsync(get, Cancel));
        await DeniedAsync(() => ada.GetItemAsync("tab", Row("a"), Cancel));
        await ada.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("open", N(1))), Cancel);
        await DeniedAsync(() => ada.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("closed", N(1))), Cancel));
        await DeniedAsync(() => ada.PutItemAsync(
            new PutItemRequest { TableName = "tab", Item = Row("a"), ConditionExpression = "attribute_exists(closed)" }, Cancel));
        await DeniedAsync(() => ada.UpdateItemAsync(
            new UpdateItemRequest { TableName = "tab", Key = Row("a"), UpdateExpression = "REMOVE closed" }, Cancel));
        await ada.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT \"open\" FROM tab WHERE p = 'a'" }, Cancel);
        await DeniedAsync(() => ada.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT closed FROM tab WHERE p = 'a'" }, Cancel));
        await DeniedAsync(() => ada.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = "UPDATE tab SET closed = 1 WHERE p = 'a' AND c = 1" }, Cancel));
    }

    [Fact]
    public async Task Select_says_what_a_read_returns()
    {
        using var ada = await UserAsync("\"dynamodb:Query\",\"dynamodb:Scan\"", """{"StringEquals":{"dynamodb:Select":"COUNT"}}""");
        var query = Ask("p = :p AND c = :c", "a");
        await DeniedAsync(() => ada.QueryAsync(query, Cancel));
        query.Select = Amazon.DynamoDBv2.Select.COUNT;
        await ada.QueryAsync(query, Cancel);
        await DeniedAsync(() => ada.ScanAsync(new ScanRequest("tab"), Cancel));
        await ada.ScanAsync(new ScanRequest("tab") { Select = Amazon.DynamoDBv2.Select.COUNT }, Cancel);
    }

    [Fact]
    public async Task ReturnValues_says_what_a_write_returns()
    {
        using var ada = await UserAsync("\"dynamodb:*\"", """{"StringEquals":{"dynamodb:ReturnValues":"NONE"}}""");
        await ada.PutItemAsync("tab", Row("a"), Cancel);
        await DeniedAsync(() => ada.PutItemAsync("tab", Row("a"), Amazon.DynamoDBv2.ReturnValue.ALL_OLD, Cancel));
        await DeniedAsync(() => ada.DeleteItemAsync("tab", Row("a"), Amazon.DynamoDBv2.ReturnValue.ALL_OLD, Cancel));
        await DeniedAsync(() => ada.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = "DELETE FROM tab WHERE p = 'a' AND c = 1 RETURNING ALL OLD *" }, Cancel));
    }

    [Fact]
    public async Task ReturnConsumedCapacity_says_whether_units_are_told()
    {
        using var ada = await UserAsync("\"dynamodb:*\"", """{"StringEquals":{"dynamodb:ReturnConsumedCapacity":"NONE"}}""");
        await ada.GetItemAsync("tab", Row("a"), Cancel);
        await DeniedAsync(() => ada.GetItemAsync(
            new GetItemRequest { TableName = "tab", Key = Row("a"), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL }, Cancel));
        await DeniedAsync(() => ada.ScanAsync(new ScanRequest("tab") { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL }, Cancel));
    }

    [Fact]
    public async Task EnclosingOperation_lets_items_be_written_in_transactions_only()
    {
        using var ada = await UserAsync(
            "\"dynamodb:PutItem\",\"dynamodb:GetItem\"", """{"StringEquals":{"dynamodb:EnclosingOperation":["TransactWriteItems","TransactGetItems"]}}""");
        await ada.TransactWriteItemsAsync(Transaction("a"), Cancel);
        await ada.TransactGetItemsAsync(
            new TransactGetItemsRequest { TransactItems = [new() { Get = new() { TableName = "tab", Key = Row("a") } }] }, Cancel);
        await DeniedAsync(() => ada.PutItemAsync("tab", Row("a"), Cancel));
        await DeniedAsync(() => ada.GetItemAsync("tab", Row("a"), Cancel));
    }

    [Fact]
    public async Task FullTableScan_keeps_statements_to_keys()
    {
        using var ada = await UserAsync("\"dynamodb:PartiQLSelect\"", """{"Bool":{"dynamodb:FullTableScan":"false"}}""");
        await ada.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM tab WHERE p = 'a'" }, Cancel);
        await DeniedAsync(() => ada.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM tab" }, Cancel));
        await DeniedAsync(() => ada.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM tab WHERE c = 1" }, Cancel));
        await DeniedAsync(() => ada.BatchExecuteStatementAsync(
            new BatchExecuteStatementRequest
            {
                Statements = [new() { Statement = "SELECT * FROM tab" }, new() { Statement = "SELECT * FROM tab WHERE p = 'a' AND c = 1" }],
            },
            Cancel));
    }

    [Fact]
    public async Task Tags_of_a_table_and_of_a_request_are_known()
    {
        using var ada = await UserAsync("\"dynamodb:GetItem\"", """{"StringEquals":{"aws:ResourceTag/team":"blue"}}""");
        await DeniedAsync(() => ada.GetItemAsync("tab", Row("a"), Cancel));
        await Client.TagResourceAsync(new TagResourceRequest { ResourceArn = TabArn, Tags = [new() { Key = "team", Value = "blue" }] }, Cancel);
        await ada.GetItemAsync("tab", Row("a"), Cancel);

        using var eve = People.Client(Server, "EVE", Own, Allow("\"dynamodb:TagResource\"", "\"*\"", """{"ForAllValues:StringEquals":{"aws:TagKeys":["free"]}}"""));
        await eve.TagResourceAsync(new TagResourceRequest { ResourceArn = TabArn, Tags = [new() { Key = "free", Value = "x" }] }, Cancel);
        await DeniedAsync(() => eve.TagResourceAsync(new TagResourceRequest { ResourceArn = TabArn, Tags = [new() { Key = "team", Value = "x" }] }, Cancel));
    }

    private static Dictionary<string, AttributeValue> Row(string p) => Item(("p", S(p)), ("c", N(1)));

    private static QueryRequest Ask(string condition, string p) => new("tab")
    {
        KeyConditionExpression = condition, ExpressionAttributeValues = new() { [":p"] = S(p), [":c"] = N(1) },
    };

    private static TransactWriteItemsRequest Transaction(string p) => new()
    {
        TransactItems = [new() { Put = new() { TableName = "tab", Item = Row(p) } }],
    };

    private async Task<AmazonDynamoDBClient> UserAsync(string actions, string condition, params (string Key, string Value)[] sessionKeys)
    {
        await CreateAsync();
        return People.Client(Server, "ADA", Own, Allow(actions, $"[\"{TabArn}\",\"{TabArn}/index/*\"]", condition), sessionKeys);
    }
}
