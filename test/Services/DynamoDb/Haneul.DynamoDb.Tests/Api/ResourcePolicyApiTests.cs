using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Policies that tables and streams carry, and what other accounts may do by them.</summary>
public sealed class ResourcePolicyApiTests : PolicyCloud
{
    private const string Read = "\"dynamodb:GetItem\"";

    private static readonly string s_friend = $$"""{"AWS":"arn:aws:iam::{{Other}}:user/EVE"}""";

    [Fact]
    public async Task A_policy_is_kept_in_one_form_with_a_revision()
    {
        await CreateAsync();
        Assert.Equal(
            $"PolicyNotFoundException: Resource-based policy not found for the provided ResourceArn: {TabArn}", await RefusalAsync(() => GetAsync()));
        var put = await PutAsync($$"""
            { "Statement": [ { "Resource": ["{{TabArn}}"], "Effect": "Allow", "Sid": "read",
              "Action": ["dynamodb:GetItem"], "Principal": { "AWS": ["{{Other}}"] } } ], "Version": "2012-10-17" }
            """);
        var got = await GetAsync();
        Assert.Equal(put.RevisionId, got.RevisionId);
        Assert.Equal(
            $$"""{"Version":"2012-10-17","Statement":[{"Sid":"read","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Other}}:root"},"Action":"dynamodb:GetItem","Resource":"{{TabArn}}"}]}""",
            got.Policy);
        Assert.Equal(put.RevisionId, (await PutAsync(got.Policy)).RevisionId);

        var next = await PutAsync(Policy(Read, "\"*\"", null, s_friend), put.RevisionId);
        Assert.NotEqual(put.RevisionId, next.RevisionId);
        Assert.Equal(
            "PolicyNotFoundException: Resource-based policy not found for the provided ResourceArn: Requested update for policy with revision id "
            + $"{put.RevisionId}, but the policy associated to target table tab has revision id {next.RevisionId}.",
            await RefusalAsync(() => PutAsync(got.Policy, put.RevisionId)));
        Assert.StartsWith("PolicyNotFoundException", await RefusalAsync(() => PutAsync(got.Policy, "NO_POLICY")), StringComparison.Ordinal);

        Assert.Equal(next.RevisionId, (await DeleteAsync()).RevisionId);
        Assert.Null((await DeleteAsync()).RevisionId);
        await PutAsync(got.Policy, "NO_POLICY");
    }

    [Theory]
    [InlineData("{", "One or more parameter values were invalid: Invalid policy document: This policy contains invalid Json")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem","Principal":{"AWS":"111122223333"}}]}""",
        "One or more parameter values were invalid: Invalid policy document: Missing required field Resource")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*","Principal":"*"}]}""",
        "Resource-based policy grants unbounded access in one or more elements. Please revise the policy to ensure least-privilege form of access")]
    public async Task A_bad_policy_is_refused(string policy, string message)
    {
        await CreateAsync();
        Assert.Equal("ValidationException: " + message, await RefusalAsync(() => PutAsync(policy)));
    }

    [Fact]
    public async Task A_policy_has_20_kilobytes()
    {
        await CreateAsync();
        var policy = Policy(Read, "\"*\"", null, s_friend);
        await PutAsync(policy.PadRight(20 * 1024));
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: Maximum policy size of 20480 bytes exceeded",
            await RefusalAsync(() => PutAsync(policy.PadRight((20 * 1024) + 1))));
    }

    [Fact]
    public async Task Only_tables_of_ones_own_in_the_same_region_take_policies()
    {
        var policy = Policy(Read, "\"*\"", null, s_friend);
        Assert.Equal(
            "ValidationException: One or more parameter values were invalid: ARNs must start with 'arn:': tab", await RefusalAsync(() => PutAsync(policy, arn: "tab")));
        Assert.Equal(
            $"ValidationException: One or more parameter values were invalid: Invalid resource Arn: {TabArn.Replace("east-1", "west-2", StringComparison.Ordinal)}",
            await RefusalAsync(() => PutAsync(policy, arn: TabArn.Replace("east-1", "west-2", StringComparison.Ordinal))));
        Assert.Equal("ResourceNotFoundException: Requested resource not found: Table: tab not found", await RefusalAsync(() => PutAsync(policy)));
    }

    [Fact]
    public async Task Nobody_locks_himself_out_by_mistake()
    {
        await CreateAsync();
        using var ada = People.Client(Server, "ADA", Own, Allow("\"dynamodb:*\"", "\"*\""));
        var lockout = Policy("\"dynamodb:PutResourcePolicy\"", "\"*\"", null, "\"*\"", "Deny");
        var request = new PutResourcePolicyRequest { ResourceArn = TabArn, Policy = lockout };
        Assert.Equal(
            "AccessDeniedException: The new resource policy will not allow you to update the resource policy in the future.",
            await RefusalAsync(() => ada.PutResourcePolicyAsync(request, Cancel)));
        request.ConfirmRemoveSelfResourceAccess = true;
        await ada.PutResourcePolicyAsync(request, Cancel);
        await DeniedAsync(() => ada.PutResourcePolicyAsync(request, Cancel));
    }

    [Fact]
    public async Task Another_account_uses_a_table_by_its_arn_if_both_sides_allow_it()
    {
        await CreateAsync();
        await Client.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1)), ("g", S("x"))), Cancel);
        using var eve = People.Client(Server, "EVE", Other, Allow("\"dynamodb:*\"", "\"*\""));
        await DeniedAsync(() => eve.GetItemAsync(TabArn, Item(("p", S("a")), ("c", N(1))), Cancel));
        await PutAsync(Policy(
            """
            "dynamodb:GetItem","dynamodb:PutItem","dynamodb:UpdateItem","dynamodb:DeleteItem","dynamodb:Query","dynamodb:Scan","dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem","dynamodb:ConditionCheckItem","dynamodb:PartiQLSelect","dynamodb:PartiQLInsert","dynamodb:DescribeTable"
            """,
            $"[\"{TabArn}\",\"{TabArn}/index/*\"]", null, s_friend));

        var key = Item(("p", S("a")), ("c", N(1)));
        Assert.Equal("x", (await eve.GetItemAsync(TabArn, key, Cancel)).Item["g"].S);
        await eve.PutItemAsync(TabArn, Item(("p", S("b")), ("c", N(1))), Cancel);
        await eve.UpdateItemAsync(
            new UpdateItemRequest { TableName = TabArn, Key = Item(("p", S("b")), ("c", N(1))), UpdateExpression = "REMOVE y" }, Cancel);
        await eve.DeleteItemAsync(TabArn, Item(("p", S("b")), ("c", N(1))), Cancel);
        var query = new QueryRequest(TabArn)
        {
            IndexName = "byG", KeyConditionExpression = "g = :g", ExpressionAttributeValues = new() { [":g"] = S("x") },
        };
        Assert.Equal(1, (await eve.QueryAsync(query, Cancel)).Count);
        Assert.Equal(1, (await eve.ScanAsync(new ScanRequest(TabArn), Cancel)).Count);
        Assert.Single((await eve.BatchGetItemAsync(
            new BatchGetItemRequest { RequestItems = new() { [TabArn] = new() { Keys = [key] } } }, Cancel)).Responses[TabArn]);
        await eve.BatchWriteItemAsync(
            new BatchWriteItemRequest { RequestItems = new() { [TabArn] = [new(new PutRequest(Item(("p", S("c")), ("c", N(1)))))] } }, Cancel);
        await eve.TransactWriteItemsAsync(
            new TransactWriteItemsRequest { TransactItems = [new() { Put = new() { TableName = TabArn, Item = Item(("p", S("d")), ("c", N(1))) } }] }, Cancel);
        Assert.Single((await eve.TransactGetItemsAsync(
            new TransactGetItemsRequest { TransactItems = [new() { Get = new() { TableName = TabArn, Key = key } }] }, Cancel)).Responses);
        Assert.Single((await eve.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = $"SELECT * FROM \"{TabArn}\" WHERE p = 'a'" }, Cancel)).Items);
        Assert.Equal(TabArn, (await eve.DescribeTableAsync(TabArn, Cancel)).Table.TableArn);

        // The name alone means a table of her own; what the policy does not name stays closed, and so do her friends.
        Assert.StartsWith("ResourceNotFoundException", await RefusalAsync(() => eve.GetItemAsync("tab", key, Cancel)), StringComparison.Ordinal);
        await DeniedAsync(() => eve.DeleteTableAsync(TabArn, Cancel));
        using var mallory = People.Client(Server, "MALLORY", Other, Allow("\"dynamodb:*\"", "\"*\""));
        await DeniedAsync(() => mallory.GetItemAsync(TabArn, key, Cancel));
        using var poor = People.Client(Server, "EVE", Other, policy: null);
        await DeniedAsync(() => poor.GetItemAsync(TabArn, key, Cancel));
    }

    [Fact]
    public async Task A_table_may_be_born_with_a_policy_that_also_denies_its_own_account()
    {
        await CreateAsync(change: request => request.ResourcePolicy = Policy("\"dynamodb:Scan\"", "\"*\"", null, "\"*\"", "Deny"));
        using var ada = People.Client(Server, "ADA", Own, Allow("\"dynamodb:*\"", "\"*\""));
        await ada.PutItemAsync("tab", Item(("p", S("a")), ("c", N(1))), Cancel);
        await DeniedAsync(() => ada.ScanAsync(new ScanRequest("tab"), Cancel));
        await Client.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = TabArn }, Cancel);
        await ada.ScanAsync(new ScanRequest("tab"), Cancel);
    }

    [Fact]
    public async Task A_stream_has_a_policy_of_its_own()
    {
        await CreateAsync(change: request => request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY });
        var stream = (await Client.DescribeTableAsync("tab", Cancel)).Table.LatestStreamArn;
        await PutAsync(Policy("\"dynamodb:DescribeStream\"", $"\"{stream}\"", null, $$"""{"AWS":"{{Other}}"}"""), arn: stream);
        Assert.StartsWith("PolicyNotFoundException", await RefusalAsync(() => GetAsync()), StringComparison.Ordinal);
        Assert.Contains("DescribeStream", (await GetAsync(stream)).Policy, StringComparison.Ordinal);
        using var other = Users.Sdk(Server, Other, "test");
        await DeniedAsync(() => other.DescribeTableAsync(TabArn, Cancel));
        Assert.Contains($"\"StreamArn\":\"{stream}\"", await StreamsAsync("DescribeStream", $$"""{"StreamArn":"{{stream}}"}"""), StringComparison.Ordinal);
        Assert.Contains(
            "AccessDeniedException",
            await StreamsAsync("GetShardIterator", $$"""{"StreamArn":"{{stream}}","ShardId":"shardId-00000000000000000000-0000","ShardIteratorType":"LATEST"}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_and_regions_have_tables_of_their_own_under_the_same_name()
    {
        await CreateAsync();
        using var other = Users.Sdk(Server, Other, "test");
        using var west = Users.Sdk(Server, "test", "test", "us-west-2");
        Assert.Empty((await other.ListTablesAsync(Cancel)).TableNames);
        Assert.Empty((await west.ListTablesAsync(Cancel)).TableNames);
        await west.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = "tab",
                BillingMode = BillingMode.PAY_PER_REQUEST,
                KeySchema = [new("p", KeyType.HASH)],
                AttributeDefinitions = [new("p", ScalarAttributeType.S)],
            },
            Cancel);
        await west.PutItemAsync("tab", Item(("p", S("a"))), Cancel);
        Assert.Equal(0, (await Client.ScanAsync(new ScanRequest("tab"), Cancel)).Count);
        Assert.Equal(1, (await west.ScanAsync(new ScanRequest("tab"), Cancel)).Count);
        Assert.Equal(
            $"ValidationException: 1 validation error detected: Invalid AWS region in '{TabArn}'",
            await RefusalAsync(() => west.ScanAsync(new ScanRequest(TabArn), Cancel)));
        await DeniedAsync(() => other.ScanAsync(new ScanRequest(TabArn), Cancel));
    }

    // The official client of the streams is not among the packages that restore everywhere; a key that nobody issued is another account's root.
    private async Task<string> StreamsAsync(string operation, string input)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url)
        {
            Content = new StringContent(input, Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", "DynamoDBStreams_20120810." + operation);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={Other}/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await http.SendAsync(request, Cancel);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private Task<PutResourcePolicyResponse> PutAsync(string policy, string? revision = null, string arn = TabArn) => Client.PutResourcePolicyAsync(
        new PutResourcePolicyRequest { ResourceArn = arn, Policy = policy, ExpectedRevisionId = revision }, Cancel);

    private Task<GetResourcePolicyResponse> GetAsync(string arn = TabArn) =>
        Client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = arn }, Cancel);

    private Task<DeleteResourcePolicyResponse> DeleteAsync() =>
        Client.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = TabArn }, Cancel);
}
