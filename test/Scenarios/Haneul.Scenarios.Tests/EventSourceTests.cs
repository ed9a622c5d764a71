using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

/// <summary>Streams that call functions. What a function saw stands in its log.</summary>
public sealed class EventSourceTests(Cloud cloud) : IClassFixture<Cloud>, IAsyncLifetime
{
    private const string Mappings = "/2015-03-31/event-source-mappings/";
    private const string Teller = "def handler(event, context): print('saw', *[r['dynamodb']['Keys']['id']['S'] for r in event['Records']])";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        const string all = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":["logs:*","lambda:InvokeFunction","dynamodb:GetRecords",
             "dynamodb:GetShardIterator","dynamodb:DescribeStream","dynamodb:ListStreams"]}]}
            """;
        foreach (var (role, policy) in new[] { ("reads", all), ("blind", all.Replace("dynamodb:GetRecords", "dynamodb:GetItem", StringComparison.Ordinal)) })
        {
            await IamAsync(("Action", "CreateRole"), ("RoleName", role), ("AssumeRolePolicyDocument", trust));
            await IamAsync(("Action", "PutRolePolicy"), ("RoleName", role), ("PolicyName", "p"), ("PolicyDocument", policy));
        }
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_role_that_may_not_read_the_stream_is_refused()
    {
        var stream = await CreateAsync("blind", Teller, "blind");
        await RefusedAsync(
            $$"""{"FunctionName":"blind","EventSourceArn":"{{stream}}","StartingPosition":"LATEST"}""",
            $"Cannot access stream {stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on "
            + "your stream in IAM.");
    }

    [Fact]
    public async Task A_function_sees_what_its_filter_wants_in_order()
    {
        var stream = await CreateAsync("order", Teller);
        await MapAsync("order", stream, """
            "StartingPosition":"TRIM_HORIZON","BatchSize":10,"FilterCriteria":{"Filters":[{"Pattern":"{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"NewImage\":{\"n\":{\"N\":[{\"numeric\":[\">=\",3]}]}}}}"}]}
            """);
        await PutAsync("order", 0..6);
        await SawAsync("order", "3 4 5");
    }

    [Fact]
    public async Task Only_records_after_the_latest_are_seen()
    {
        var stream = await CreateAsync("latest", Teller);
        await PutAsync("latest", 0..3);
        await MapAsync("latest", stream, """ "StartingPosition":"LATEST","ParallelizationFactor":4 """);
        await PutAsync("latest", 3..4);
        await SawAsync("latest", "3");
    }

    [Fact]
    public async Task A_failing_batch_is_cut_until_the_bad_record_is_alone()
    {
        await CreateFunctionAsync("sink", "def handler(event, context): print('saw', event['DDBStreamBatchInfo']['batchSize'], event['requestContext']['condition'])");
        var stream = await CreateAsync("bisect", """
            def handler(event, context):
                ids = [r['dynamodb']['Keys']['id']['S'] for r in event['Records']]
                if '2' in ids: raise ValueError(ids)
                print('saw', *ids)
            """);
        await PutAsync("bisect", 0..5);
        await MapAsync("bisect", stream, """
            "StartingPosition":"TRIM_HORIZON","BisectBatchOnFunctionError":true,"MaximumRetryAttempts":0,
            "DestinationConfig":{"OnFailure":{"Destination":"arn:aws:lambda:us-east-1:000000000000:function:sink"}}
            """);
        await SawAsync("bisect", "0 1 3 4");
        await SawAsync("sink", "1 RetryAttemptsExhausted");
    }

    [Fact]
    public async Task A_batch_goes_on_at_the_record_that_failed()
    {
        var stream = await CreateAsync("partial", """
            def handler(event, context):
                records = event['Records']
                print('saw', *[r['dynamodb']['Keys']['id']['S'] for r in records])
                bad = [r['dynamodb']['SequenceNumber'] for r in records if r['dynamodb']['Keys']['id']['S'] == '2']
                return {'batchItemFailures': [{'itemIdentifier': i} for i in bad]}
            """);
        await PutAsync("partial", 0..4);
        await MapAsync("partial", stream, """ "StartingPosition":"TRIM_HORIZON","MaximumRetryAttempts":1,"FunctionResponseTypes":["ReportBatchItemFailures"] """);
        await SawAsync("partial", "0 1 2 3 2 3");
    }

    [Fact]
    public async Task Changes_take_effect_and_refusals_read_as_on_aws()
    {
        var stream = await CreateAsync("states", Teller);
        var made = await MapAsync("states", stream, """ "StartingPosition":"TRIM_HORIZON","BatchSize":5 """);
        var id = made.GetProperty("UUID").GetString()!;
        var body = $$"""{"FunctionName":"states","EventSourceArn":"{{stream}}","StartingPosition":"TRIM_HORIZON"}""";
        var (status, refused) = await SendAsync(HttpMethod.Post, Mappings, body);
        Assert.Equal(409, status);
        Assert.EndsWith("Please update or delete the existing mapping with UUID " + id, refused.GetProperty("message").GetString());
        await RefusedAsync(
            body.Replace("TRIM_HORIZON", "AT_TIMESTAMP", StringComparison.Ordinal), "Unsupported starting position for arn type: " + stream);
        await RefusedAsync(
            """{"FunctionName":"states","EventSourceArn":"arn:aws:sqs:us-east-1:000000000000:q"}""",
            "Haneul does not support event source sqs of CreateEventSourceMapping yet.");
        await RefusedAsync("""{"FunctionName":"states"}""", "Unrecognized event source.");
        await RefusedAsync(body.Replace("states\"", "none\"", StringComparison.Ordinal), "Function does not exist");
        await RefusedAsync(body.Replace("/stream/", "/stream/1", StringComparison.Ordinal), "Stream not found: " + stream.Replace("/stream/", "/stream/1", StringComparison.Ordinal));
        await RefusedAsync(body[..^1] + """,\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"x\"}]}}""".Replace("\\\"", "\"", StringComparison.Ordinal), "Invalid filter pattern definition.");

        var changed = await CallAsync(HttpMethod.Put, Mappings + id, """{"Enabled":false,"BatchSize":7}""");
        Assert.Equal("Disabling", changed.GetProperty("State").GetString());
        await StateAsync(id, "Disabled");
        await PutAsync("states", 0..1);
        changed = await CallAsync(HttpMethod.Put, Mappings + id, """{"Enabled":true}""");
        Assert.Equal(7, changed.GetProperty("BatchSize").GetInt32());
        await SawAsync("states", "0");
        var listed = await CallAsync(HttpMethod.Get, Mappings + "?FunctionName=states");
        Assert.Equal(1, listed.GetProperty("EventSourceMappings").GetArrayLength());
        Assert.Equal("Deleting", (await CallAsync(HttpMethod.Delete, Mappings + id)).GetProperty("State").GetString());
        await WaitAsync(async () => (await SendAsync(HttpMethod.Get, Mappings + id)).Status == 404);
    }

    [Fact]
    public async Task After_a_crash_a_mapping_goes_on_where_it_was()
    {
        var stream = await CreateAsync("crash-esm", Teller);
        await PutAsync("crash-esm", 0..1);
        var id = (await MapAsync("crash-esm", stream, """ "StartingPosition":"TRIM_HORIZON" """)).GetProperty("UUID").GetString()!;
        await WaitAsync(async () => (await CallAsync(HttpMethod.Get, Mappings + id)).GetProperty("LastProcessingResult").GetString() == "OK");
        var before = (await LogAsync("crash-esm")).Count;
        await cloud.CrashAsync();
        await PutAsync("crash-esm", 1..2);
        await WaitAsync(async () => (await LogAsync("crash-esm")).Contains("saw 1"));
        Assert.InRange((await LogAsync("crash-esm")).Count(line => line.StartsWith("saw 0", StringComparison.Ordinal)), 0, before);
    }

    private async Task<string> CreateAsync(string name, string source, string role = "reads")
    {
        await CreateFunctionAsync(name, source, role);
        using var client = Client();
        var table = await client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
                KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
                StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES },
            },
            Cancel);
        await WaitAsync(async () => (await client.DescribeTableAsync(name, Cancel)).Table.TableStatus == TableStatus.ACTIVE);
        return table.TableDescription.LatestStreamArn;
    }

    private async Task CreateFunctionAsync(string name, string source, string role = "reads")
    {
        Cloud.NeedsSandbox();
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(zip.CreateEntry("app.py").Open()))
        {
            await writer.WriteAsync(source);
        }

        await CallAsync(HttpMethod.Post, "/2015-03-31/functions", $$$"""
            {"FunctionName":"{{{name}}}","Runtime":"python3.12","Handler":"app.handler","Role":"arn:aws:iam::000000000000:role/{{{role}}}",
             "Code":{"ZipFile":"{{{Convert.ToBase64String(archive.ToArray())}}}"}}
            """);
    }

    private async Task<JsonElement> MapAsync(string function, string stream, string settings)
    {
        var made = await CallAsync(HttpMethod.Post, Mappings, $$"""{"FunctionName":"{{function}}","EventSourceArn":"{{stream}}",{{settings}}}""");
        Assert.Equal("Creating", made.GetProperty("State").GetString());
        await StateAsync(made.GetProperty("UUID").GetString()!, "Enabled");
        return made;
    }

    private Task StateAsync(string id, string state) =>
        WaitAsync(async () => (await CallAsync(HttpMethod.Get, Mappings + id)).GetProperty("State").GetString() == state);

    private async Task PutAsync(string table, Range numbers)
    {
        using var client = Client();
        for (var i = numbers.Start.Value; i < numbers.End.Value; i++)
        {
            await client.PutItemAsync(table, new() { ["id"] = new AttributeValue($"{i}"), ["n"] = new AttributeValue { N = $"{i}" } }, Cancel);
        }
    }

    private async Task SawAsync(string function, string expected)
    {
        var seen = "";
        await WaitAsync(async () =>
        {
            seen = string.Join(' ', (await LogAsync(function)).Select(line => line["saw ".Length..]));
            return seen.Length >= expected.Length;
        });
        Assert.Equal(expected, seen);
    }

    private async Task<IReadOnlyList<string>> LogAsync(string function)
    {
        using var logs = new JsonClient(cloud.Url, "Logs_20140328", "1.1", "us-east-1/logs");
        var (status, body) = await logs.SendAsync("FilterLogEvents", $$"""{"logGroupName":"/aws/lambda/{{function}}"}""", Cancel);
        return status != 200 ? [] : [.. body.GetProperty("events").EnumerateArray()
            .Select(line => line.GetProperty("message").GetString()!.Trim()).Where(line => line.StartsWith("saw ", StringComparison.Ordinal))];
    }

    // Every test makes the same roles; the second time they are there already.
    private async Task IamAsync(params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(fields.Append(("Version", "2010-05-08")).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20250615/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none");
        using var response = await http.PostAsync(cloud.Url, form, Cancel);
        Assert.True((int)response.StatusCode is 200 or 409, await response.Content.ReadAsStringAsync(Cancel));
    }

    private async Task RefusedAsync(string body, string message)
    {
        var (status, refused) = await SendAsync(HttpMethod.Post, Mappings, body);
        Assert.Equal(400, status);
        Assert.Equal(message, refused.GetProperty("message").GetString());
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        Assert.True(status is >= 200 and < 300, $"{status} {answer}");
        return answer;
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(cloud.Url, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        return ((int)response.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement);
    }

    private AmazonDynamoDBClient Client() => new(
        new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = cloud.Url.ToString(), AuthenticationRegion = "us-east-1" });

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
