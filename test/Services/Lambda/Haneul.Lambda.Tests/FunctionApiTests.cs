using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Haneul.Lambda.Tests;

/// <summary>Functions as the API makes, shows, changes and refuses them.</summary>
public sealed class FunctionApiTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private static readonly byte[] s_code = LambdaCloud.Zip(("app.py", "def handler(event, context): return 1"));
    private LambdaCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await LambdaCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_function_is_created_shown_changed_and_deleted()
    {
        var created = await NewAsync("f", ""","Environment":{"Variables":{"AB":"b"}},"Timeout":5,"MemorySize":256,"Tags":{"team":"blue"}""");
        Assert.Equal(Arn, Text(created, "FunctionArn"));
        Assert.Equal("Pending", Text(created, "State"));
        Assert.Equal("Creating", Text(created, "StateReasonCode"));
        Assert.Equal(256, created.GetProperty("MemorySize").GetInt32());
        Assert.Equal("$LATEST", Text(created, "Version"));
        Assert.False(created.TryGetProperty("LastUpdateStatus", out _));

        var shown = await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions/f");
        var configuration = shown.GetProperty("Configuration");
        Assert.Equal("Active", Text(configuration, "State"));
        Assert.Equal("Successful", Text(configuration, "LastUpdateStatus"));
        Assert.NotEqual(Text(created, "RevisionId"), Text(configuration, "RevisionId"));
        Assert.Equal("b", configuration.GetProperty("Environment").GetProperty("Variables").GetProperty("AB").GetString());
        Assert.Equal("blue", shown.GetProperty("Tags").GetProperty("team").GetString());
        Assert.Equal(s_code, await _cloud.DownloadAsync(shown.GetProperty("Code").GetProperty("Location").GetString()!));

        var changed = await _cloud.CallAsync(
            HttpMethod.Put, "/2015-03-31/functions/f/configuration", """{"Description":"new","Timeout":9,"Environment":{"Variables":{}}}""");
        Assert.Equal("InProgress", Text(changed, "LastUpdateStatus"));
        Assert.Equal(9, changed.GetProperty("Timeout").GetInt32());
        Assert.Equal(256, changed.GetProperty("MemorySize").GetInt32());
        Assert.Empty(changed.GetProperty("Environment").GetProperty("Variables").EnumerateObject());

        var code = LambdaCloud.Zip(("app.py", "def handler(event, context): return 2"));
        var updated = await _cloud.CallAsync(HttpMethod.Put, "/2015-03-31/functions/f/code", $$"""{"ZipFile":"{{Convert.ToBase64String(code)}}"}""");
        Assert.NotEqual(Text(created, "CodeSha256"), Text(updated, "CodeSha256"));
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(code)), Text(updated, "CodeSha256"));
        Assert.Single(CodeFiles());

        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/f")).Status);
        Assert.Empty(CodeFiles());
        await RefusedAsync(404, "ResourceNotFoundException", "Function not found: " + Arn, HttpMethod.Get, "/2015-03-31/functions/f");
    }

    [Theory]
    [InlineData("f")]
    [InlineData("000000000000:function:f")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST")]
    [InlineData("f:$LATEST")]
    public async Task A_function_is_found_by_any_of_its_names(string name)
    {
        await NewAsync("f");
        var shown = await _cloud.CallAsync(HttpMethod.Get, $"/2015-03-31/functions/{Uri.EscapeDataString(name)}/configuration");
        Assert.Equal("f", Text(shown, "FunctionName"));
    }

    [Fact]
    public async Task Names_that_cannot_be_meant_are_refused()
    {
        await NewAsync("f");
        await RefusedAsync(404, "ResourceNotFoundException", "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
            HttpMethod.Get, "/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:f");
        await RefusedAsync(400, "InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier.",
            HttpMethod.Get, "/2015-03-31/functions/f:1?Qualifier=2");
        await RefusedAsync(404, "ResourceNotFoundException", $"Function not found: {Arn}:7", HttpMethod.Get, "/2015-03-31/functions/f?Qualifier=7");
        await RefusedAsync(400, "InvalidParameterValueException", "$LATEST version cannot be deleted without deleting the function.",
            HttpMethod.Delete, "/2015-03-31/functions/f?Qualifier=$LATEST");
    }

    [Theory]
    [InlineData("\"Runtime\":\"python9\"", "InvalidParameterValueException", "Value python9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs20.x, ")]
    [InlineData("\"Runtime\":\"java21\"", "InvalidParameterValueException", "Haneul does not support runtime java21 of CreateFunction yet.")]
    [InlineData("\"PackageType\":\"Image\"", "InvalidParameterValueException", "Haneul does not support PackageType Image of CreateFunction yet.")]
    [InlineData("\"TracingConfig\":{\"Mode\":\"Active\"}", "InvalidParameterValueException", "Haneul does not support TracingConfig.Mode Active of CreateFunction yet.")]
    [InlineData("\"Code\":{\"S3Bucket\":\"bucket\",\"S3Key\":\"k\"}", "InvalidParameterValueException", "Haneul does not support Code.S3Bucket of CreateFunction yet.")]
    [InlineData("\"Code\":{\"ZipFile\":\"bm8gemlw\"}", "InvalidParameterValueException", "Could not unzip uploaded file. Please check your file, then try to upload again.")]
    [InlineData("\"MemorySize\":64", "ValidationException", "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128")]
    [InlineData("\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\"}}", "InvalidParameterValueException", "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION")]
    [InlineData("\"Environment\":{\"Variables\":{\"AB\":\"x\\u0000--bind\"}}", "InvalidParameterValueException", "The environment variable AB holds a null character.")]
    [InlineData("\"Role\":\"r1\"", "ValidationException", "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: ")]
    public async Task What_cannot_be_created_is_refused(string member, string code, string message)
    {
        var members = new Dictionary<string, string>
        {
            ["FunctionName"] = "\"f\"", ["Runtime"] = "\"python3.11\"", ["Handler"] = "\"app.handler\"",
            ["Role"] = "\"arn:aws:iam::000000000000:role/r\"", ["Code"] = $$"""{"ZipFile":"{{Convert.ToBase64String(s_code)}}"}""",
        };
        var colon = member.IndexOf(':', StringComparison.Ordinal);
        members[member[1..(colon - 1)]] = member[(colon + 1)..];
        var (status, body) = await _cloud.SendAsync(
            HttpMethod.Post, "/2015-03-31/functions", "{" + string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}")) + "}");
        Assert.Equal(400, status);
        Assert.StartsWith(message, Message(body));
        Assert.Equal(code, _cloud.LastError);
        Assert.Equal(404, (await _cloud.SendAsync(HttpMethod.Get, "/2015-03-31/functions/f")).Status);
    }

    [Fact]
    public async Task Too_many_variables_are_refused_with_what_was_measured()
    {
        var (status, body) = await _cloud.TryCreateAsync("f", "python3.11", "app.handler", s_code,
            $$$""","Environment":{"Variables":{"AB":"{{{new string('x', 4090)}}}"}}""");
        Assert.Equal(400, status);
        Assert.EndsWith($$"""exceeded the 4KB limit. String measured: {"AB":"{{new string('x', 4090)}}"}""", Message(body));
    }

    [Fact]
    public async Task A_second_function_of_the_same_name_is_refused()
    {
        await NewAsync("f");
        var (status, body) = await _cloud.TryCreateAsync("f", "python3.11", "app.handler", s_code);
        Assert.Equal(409, status);
        Assert.Equal("Function already exist: f", Message(body));
    }

    [Fact]
    public async Task Updates_with_an_old_revision_are_refused()
    {
        await NewAsync("f");
        await RefusedAsync(
            412, "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
            HttpMethod.Put, "/2015-03-31/functions/f/configuration", """{"RevisionId":"11111111-2222-4333-8444-555555555555","Timeout":4}""");
    }

    [Fact]
    public async Task Functions_are_listed_in_pages()
    {
        foreach (var name in (string[])["c", "a", "b"])
        {
            await NewAsync(name);
        }

        var page = await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions?MaxItems=2");
        Assert.Equal(["a", "b"], Names(page));
        page = await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions?MaxItems=2&Marker=" + Uri.EscapeDataString(Text(page, "NextMarker")));
        Assert.Equal(["c"], Names(page));
        Assert.False(page.TryGetProperty("NextMarker", out var next) && next.ValueKind != JsonValueKind.Null);

        static IEnumerable<string> Names(JsonElement page) => page.GetProperty("Functions").EnumerateArray().Select(item => Text(item, "FunctionName"));
    }

    [Theory]
    [InlineData("../escape.py")]
    [InlineData("/etc/cron.d/escape")]
    [InlineData("a/../../../escape.py")]
    public async Task An_archive_that_leads_out_of_its_directory_is_refused(string name)
    {
        var (status, body) = await _cloud.TryCreateAsync("f", "python3.11", "app.handler", LambdaCloud.Zip(("app.py", ""), (name, "x")));
        Assert.Equal(400, status);
        Assert.StartsWith("Could not unzip", Message(body));
        Assert.Empty(CodeFiles());
    }

    [Theory]
    [InlineData("/etc/passwd", false)]
    [InlineData("../../../../etc/passwd", false)]
    [InlineData("app.py", true)]
    public async Task A_link_in_an_archive_may_point_inside_only(string target, bool accepted)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("app.py");
            var link = zip.CreateEntry("link.py");
            link.ExternalAttributes = Convert.ToInt32("120777", 8) << 16;
            await using var writer = new StreamWriter(link.Open());
            await writer.WriteAsync(target);
        }

        Assert.Equal(accepted ? 201 : 400, (await _cloud.TryCreateAsync("f", "python3.11", "app.handler", buffer.ToArray())).Status);
    }

    [Fact]
    public async Task Links_behind_links_are_refused()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("app.py");
            zip.CreateEntry("a/b/c/file");
            foreach (var (name, target) in new[] { ("a/b/c/up", "../../.."), ("out", "a/b/c/up/.."), ("out/planted", "app.py") })
            {
                var link = zip.CreateEntry(name);
                link.ExternalAttributes = Convert.ToInt32("120777", 8) << 16;
                await using var writer = new StreamWriter(link.Open());
                await writer.WriteAsync(target);
            }
        }

        Assert.Equal(400, (await _cloud.TryCreateAsync("f", "python3.11", "app.handler", buffer.ToArray())).Status);
        Assert.Empty(CodeFiles());
    }

    [Fact]
    public async Task A_bomb_is_refused_whatever_its_headers_say()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            var chunk = new byte[1024 * 1024];
            await using var stream = zip.CreateEntry("zeros", CompressionLevel.Fastest).Open();
            for (var i = 0; i < 251; i++)
            {
                await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
            }
        }

        var (status, body) = await _cloud.TryCreateAsync("f", "python3.11", "app.handler", buffer.ToArray());
        Assert.Equal(400, status);
        Assert.Equal("Unzipped size must be smaller than 262144000 bytes", Message(body));
        Assert.Empty(CodeFiles());
    }

    [Fact]
    public async Task A_large_archive_is_taken_and_a_larger_one_refused()
    {
        var noise = new byte[30 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        Assert.Equal(201, (await _cloud.TryCreateAsync("f", "python3.11", "app.handler", Archive(noise))).Status);
        var (status, body) = await _cloud.TryCreateAsync("g", "python3.11", "app.handler", Archive([.. noise, .. noise.AsSpan(0, 23 * 1024 * 1024)]));
        Assert.Equal(413, status);
        Assert.Equal("Request must be smaller than 70167211 bytes for the CreateFunction operation", Message(body));
        Assert.Equal(413, (await _cloud.TryCreateAsync("g", "python3.11", "app.handler", Archive([.. noise, .. noise.AsSpan(0, (20 * 1024 * 1024) + 1)]))).Status);

        static byte[] Archive(byte[] content)
        {
            using var buffer = new MemoryStream();
            using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            {
                using var stream = zip.CreateEntry("noise", CompressionLevel.NoCompression).Open();
                stream.Write(content);
            }

            return buffer.ToArray();
        }
    }

    [Fact]
    public async Task An_address_of_code_ends_and_cannot_be_made_up()
    {
        await NewAsync("f");
        var url = (await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions/f")).GetProperty("Code").GetProperty("Location").GetString()!;
        Assert.Equal(403, (await _cloud.SendAsync(HttpMethod.Get, url[..^1] + (url[^1] == '0' ? '1' : '0'))).Status);
        Assert.Equal(403, (await _cloud.SendAsync(HttpMethod.Get, url.Replace("expires=", "expires=9", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Versions_and_aliases_are_published_routed_and_kept_while_used()
    {
        await NewAsync("f");
        var first = await _cloud.CallAsync(HttpMethod.Post, "/2015-03-31/functions/f/versions", "{}");
        Assert.Equal("1", Text(first, "Version"));
        Assert.Equal(Arn + ":1", Text(first, "FunctionArn"));
        Assert.Equal("1", Text(await _cloud.CallAsync(HttpMethod.Post, "/2015-03-31/functions/f/versions", "{}"), "Version"));
        await _cloud.CallAsync(HttpMethod.Put, "/2015-03-31/functions/f/configuration", """{"Timeout":7}""");
        Assert.Equal("2", Text(await _cloud.CallAsync(HttpMethod.Post, "/2015-03-31/functions/f/versions", "{}"), "Version"));
        var versions = await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions/f/versions");
        Assert.Equal(["$LATEST", "1", "2"], versions.GetProperty("Versions").EnumerateArray().Select(item => Text(item, "Version")));

        var alias = await _cloud.CallAsync(
            HttpMethod.Post, "/2015-03-31/functions/f/aliases", """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.2}}}""");
        Assert.Equal(Arn + ":live", Text(alias, "AliasArn"));
        Assert.Equal(0.2, alias.GetProperty("RoutingConfig").GetProperty("AdditionalVersionWeights").GetProperty("2").GetDouble());
        Assert.Equal("1", Text((await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions/f:live")).GetProperty("Configuration"), "Version"));
        await RefusedAsync(409, "ResourceConflictException", "Unable to delete version because the following aliases reference it: [live]",
            HttpMethod.Delete, "/2015-03-31/functions/f?Qualifier=2");
        await RefusedAsync(409, "ResourceConflictException", $"Alias already exists: {Arn}:live",
            HttpMethod.Post, "/2015-03-31/functions/f/aliases", """{"Name":"live","FunctionVersion":"1"}""");
        await RefusedAsync(400, "InvalidParameterValueException", "Invalid function version 1. Function version 1 is already included in routing configuration.",
            HttpMethod.Post, "/2015-03-31/functions/f/aliases", """{"Name":"x","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"1":0.5}}}""");
        await RefusedAsync(404, "ResourceNotFoundException", $"Function not found: {Arn}:10",
            HttpMethod.Post, "/2015-03-31/functions/f/aliases", """{"Name":"x","FunctionVersion":"10"}""");
        await RefusedAsync(404, "ResourceNotFoundException", $"Cannot find alias arn: {Arn}:none", HttpMethod.Get, "/2015-03-31/functions/f/aliases/none");

        var moved = await _cloud.CallAsync(
            HttpMethod.Put, "/2015-03-31/functions/f/aliases/live", """{"FunctionVersion":"2","RoutingConfig":{"AdditionalVersionWeights":{}}}""");
        Assert.Equal("2", Text(moved, "FunctionVersion"));
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/f?Qualifier=1")).Status);
        await _cloud.CallAsync(HttpMethod.Put, "/2015-03-31/functions/f/configuration", """{"Timeout":8}""");
        Assert.Equal("3", Text(await _cloud.CallAsync(HttpMethod.Post, "/2015-03-31/functions/f/versions", "{}"), "Version"));
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/f/aliases/live")).Status);
        Assert.Empty((await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions/f/aliases")).GetProperty("Aliases").EnumerateArray());
    }

    [Fact]
    public async Task Permissions_become_a_policy()
    {
        await NewAsync("f");
        var added = await _cloud.CallAsync(
            HttpMethod.Post, "/2015-03-31/functions/f/policy",
            """{"StatementId":"s3","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com","SourceArn":"arn:aws:s3:::bucket","SourceAccount":"111111111111"}""");
        const string statement =
            $$$$"""{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"{{{{Arn}}}}","Condition":{"StringEquals":{"AWS:SourceAccount":"111111111111"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"}}}""";
        Assert.Equal(statement, Text(added, "Statement"));
        var policy = await _cloud.CallAsync(HttpMethod.Get, "/2015-03-31/functions/f/policy");
        Assert.Equal($$"""{"Version":"2012-10-17","Id":"default","Statement":[{{statement}}]}""", Text(policy, "Policy"));
        await RefusedAsync(
            409, "ResourceConflictException",
            "The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.", HttpMethod.Post,
            "/2015-03-31/functions/f/policy", """{"StatementId":"s3","Action":"lambda:InvokeFunction","Principal":"*"}""");
        await RefusedAsync(
            400, "InvalidParameterValueException", "The provided principal was invalid. Please check the principal and try again.", HttpMethod.Post,
            "/2015-03-31/functions/f/policy", """{"StatementId":"x","Action":"lambda:InvokeFunction","Principal":"nobody"}""");
        await RefusedAsync(404, "ResourceNotFoundException", "Statement no is not found in resource policy.", HttpMethod.Delete, "/2015-03-31/functions/f/policy/no");
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/f/policy/s3")).Status);
        await RefusedAsync(404, "ResourceNotFoundException", "The resource you requested does not exist.", HttpMethod.Get, "/2015-03-31/functions/f/policy");
    }

    [Fact]
    public async Task Tags_are_kept_on_the_function()
    {
        await NewAsync("f");
        var path = "/2017-03-31/tags/" + Uri.EscapeDataString(Arn);
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Post, path, """{"Tags":{"a":"1","b":"2"}}""")).Status);
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, path + "?tagKeys=a&tagKeys=none")).Status);
        Assert.Equal("""{"b":"2"}""", (await _cloud.CallAsync(HttpMethod.Get, path)).GetProperty("Tags").GetRawText());
        var many = string.Join(',', Enumerable.Range(0, 51).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"k{i}\":\"v\"")));
        await RefusedAsync(400, "InvalidParameterValueException", "Number of tags exceeds resource tag limit.", HttpMethod.Post, path, "{\"Tags\":{" + many + "}}");
    }

    [Fact]
    public async Task Reserved_places_leave_the_account_its_share()
    {
        await NewAsync("f");
        await _cloud.CallAsync(HttpMethod.Put, "/2017-10-31/functions/f/concurrency", """{"ReservedConcurrentExecutions":900}""");
        var settings = await _cloud.CallAsync(HttpMethod.Get, "/2016-08-19/account-settings");
        Assert.Equal(100, settings.GetProperty("AccountLimit").GetProperty("UnreservedConcurrentExecutions").GetInt32());
        Assert.Equal(1, settings.GetProperty("AccountUsage").GetProperty("FunctionCount").GetInt32());
        await NewAsync("g");
        await RefusedAsync(
            400, "InvalidParameterValueException",
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
            HttpMethod.Put, "/2017-10-31/functions/g/concurrency", """{"ReservedConcurrentExecutions":1}""");
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2017-10-31/functions/f/concurrency")).Status);
        Assert.Equal("{}", (await _cloud.CallAsync(HttpMethod.Get, "/2019-09-30/functions/f/concurrency")).GetRawText());
    }

    [Fact]
    public async Task An_invocation_that_cannot_be_is_refused_before_anything_runs()
    {
        await NewAsync("f");
        var refused = await _cloud.InvokeAsync("f", "{no");
        Assert.Equal(400, refused.Status);
        Assert.StartsWith("Could not parse request body into json: Could not parse payload into json: ", Message(refused.Json));
        refused = await _cloud.InvokeAsync("f", new byte[6_291_457]);
        Assert.Equal(413, refused.Status);
        Assert.Equal("Request must be smaller than 6291456 bytes for the InvokeFunction operation", Message(refused.Json));
        Assert.Equal(204, (await _cloud.InvokeAsync("f", "{}", ("X-Amz-Invocation-Type", "DryRun"))).Status);
        Assert.Equal(404, (await _cloud.InvokeAsync("none")).Status);
        await _cloud.CallAsync(HttpMethod.Put, "/2017-10-31/functions/f/concurrency", """{"ReservedConcurrentExecutions":0}""");
        refused = await _cloud.InvokeAsync("f");
        Assert.Equal(429, refused.Status);
        Assert.Equal("Rate Exceeded.", Message(refused.Json));
        Assert.Equal("ReservedFunctionConcurrentInvocationLimitExceeded", Text(refused.Json, "Reason"));
    }

    private Task<JsonElement> NewAsync(string name, string extra = "") => _cloud.CreateAsync(name, "python3.11", "app.handler", s_code, extra);

    private string[] CodeFiles() => _cloud.CodeFiles();

    private async Task RefusedAsync(int status, string code, string message, HttpMethod method, string path, string? body = null)
    {
        var (actual, answer) = await _cloud.SendAsync(method, path, body);
        Assert.Equal(message, Message(answer));
        Assert.Equal(status, actual);
        Assert.Equal(code, _cloud.LastError);
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static string Message(JsonElement body) =>
        (body.TryGetProperty("message", out var text) ? text : body.GetProperty("Message")).GetString()!;
}
