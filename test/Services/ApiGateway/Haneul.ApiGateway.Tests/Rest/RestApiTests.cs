using System.Text.Json;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>REST APIs as such: answers and refusals as AWS was seen to give them.</summary>
public sealed class RestApiTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task An_api_begins_with_what_aws_gives_it()
    {
        var api = await _cloud.PostAsync("/restapis", """{"name":"shop","description":"things","tags":{"a":"b"}}""");
        Assert.Equal("HEADER", api.GetProperty("apiKeySource").GetString());
        Assert.False(api.GetProperty("disableExecuteApiEndpoint").GetBoolean());
        Assert.Equal("""{"types":["EDGE"],"ipAddressType":"ipv4"}""", api.GetProperty("endpointConfiguration").GetRawText());
        Assert.Equal("""{"a":"b"}""", api.GetProperty("tags").GetRawText());
        var id = api.GetProperty("id").GetString();
        var resources = (await _cloud.GetAsync($"/restapis/{id}/resources")).GetProperty("item");
        Assert.Equal($$"""{"id":"{{api.GetProperty("rootResourceId").GetString()}}","path":"/"}""", resources[0].GetRawText());
        Assert.Equal(id, (await _cloud.GetAsync($"/restapis/{id}")).GetProperty("id").GetString());
        Assert.Equal(1, (await _cloud.GetAsync("/restapis")).GetProperty("item").GetArrayLength());
        await _cloud.DeleteAsync($"/restapis/{id}");
        Assert.Equal(0, (await _cloud.GetAsync("/restapis")).GetProperty("item").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"name":"a","description":""}""", "400 BadRequestException: Description cannot be an empty string")]
    [InlineData("""{"name":"a","minimumCompressionSize":-1}""", "400 BadRequestException: Invalid minimum compression size, must be between 0 and 10485760")]
    [InlineData("""{"name":"a","endpointConfiguration":{"types":[]}}""", "400 BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.")]
    [InlineData("""{"name":"a","endpointConfiguration":{"types":["EDGE","REGIONAL"]}}""", "400 BadRequestException: Cannot create an api with multiple Endpoint Types.")]
    [InlineData("""{"name":"a","endpointConfiguration":{"types":["PRIVATE"],"ipAddressType":"ipv4"}}""", "400 BadRequestException: Only dualstack ipAddressType is supported for Private APIs.")]
    [InlineData("""{"name":"a","policy":"{nonsense"}""", "400 BadRequestException: Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")]
    [InlineData("""{"name":"a","cloneFrom":"nope"}""", "404 NotFoundException: Invalid API identifier specified for cloning")]
    public async Task What_no_api_can_be_is_refused(string body, string words) =>
        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Post, "/restapis", body));

    [Fact]
    public async Task Patches_change_lists_and_settings()
    {
        var (id, _) = await _cloud.ApiAsync();
        var path = $"/restapis/{id}";
        var api = await _cloud.PatchAsync(path, "add /binaryMediaTypes/image~1png", "add /binaryMediaTypes/image~1jpeg");
        Assert.Equal("""["image/png","image/jpeg"]""", api.GetProperty("binaryMediaTypes").GetRawText());
        Assert.Equal("{}", api.GetProperty("tags").GetRawText());
        api = await _cloud.PatchAsync(path, "replace /binaryMediaTypes/image~1png image/gif");
        Assert.Equal("""["image/jpeg","image/gif"]""", api.GetProperty("binaryMediaTypes").GetRawText());
        api = await _cloud.PatchAsync(path, "remove /binaryMediaTypes/image~1gif", "remove /description");
        Assert.Equal("""["image/jpeg"]""", api.GetProperty("binaryMediaTypes").GetRawText());
        api = await _cloud.PatchAsync(path, "replace /minimumCompressionSize 10");
        Assert.Equal(10, api.GetProperty("minimumCompressionSize").GetInt32());
        api = await _cloud.PatchAsync(path, "replace /minimumCompressionSize");
        Assert.False(api.TryGetProperty("minimumCompressionSize", out _));
        api = await _cloud.PatchAsync(path, "replace /endpointConfiguration/types/EDGE PRIVATE");
        Assert.Equal("""{"types":["PRIVATE"],"ipAddressType":"dualstack"}""", api.GetProperty("endpointConfiguration").GetRawText());
    }

    [Theory]
    [InlineData("add /minimumCompressionSize 10", "400 BadRequestException: Invalid patch operation specified. Must be one of: [replace]")]
    [InlineData("replace /minimumCompressionSize ten", "400 BadRequestException: Invalid minimum compression size, must be between 0 and 10485760")]
    [InlineData("add /binaryMediaTypes image/png", "400 BadRequestException: Invalid patch path /binaryMediaTypes")]
    [InlineData("replace /endpointConfiguration/ipAddressType ipv5", "400 BadRequestException: ipAddressType must be either ipv4 or dualstack.")]
    [InlineData("replace /endpointConfiguration/types/EDGE x", "400 BadRequestException: Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE")]
    [InlineData("copy /endpointConfiguration/types/EDGE REGIONAL", "400 BadRequestException: Invalid patch operation specified. Must be 'add'|'remove'|'replace'")]
    [InlineData("remove /endpointConfiguration/ipAddressType", "400 BadRequestException: Invalid patch operation specified. Must be one of: [replace]")]
    public async Task Patches_that_cannot_be_are_refused(string operation, string words)
    {
        var (id, _) = await _cloud.ApiAsync();
        Assert.Equal(words, await _cloud.PatchRefusedAsync($"/restapis/{id}", operation));
    }

    [Fact]
    public async Task The_model_refuses_with_the_names_that_aws_gives()
    {
        Assert.Equal(
            "400 ValidationException: 2 validation errors detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy "
            + "constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]; Value 'wrong' at "
            + "'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
            await _cloud.RefusedAsync(
                HttpMethod.Post, "/restapis", """{"name":"a","endpointConfiguration":{"types":["wrong"],"ipAddressType":"wrong"}}"""));
        Assert.Equal(
            "400 ValidationException: 2 validation errors detected: Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy "
            + "constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]; Value 'wrong' at "
            + "'updateRestApiInput.patchOperations.2.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, "
            + "test, replace, copy]",
            await _cloud.PatchRefusedAsync("/restapis/x", "wrong /a", "wrong /b"));
        Assert.Equal(
            @"400 ValidationException: 1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy "
            + @"regular expression pattern: [1-5]\d\d",
            await _cloud.RefusedAsync(HttpMethod.Get, "/restapis/a/resources/b/methods/GET/responses/wrong"));
    }

    [Fact]
    public async Task A_policy_is_shown_as_the_inside_of_a_string()
    {
        const string policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"}]}""";
        var api = await _cloud.PostAsync("/restapis", JsonSerializer.Serialize(new { name = "a", policy }));
        var shown = api.GetProperty("policy").GetString()!;
        Assert.StartsWith("""{\"Version\":""", shown, StringComparison.Ordinal);
        Assert.Equal(
            policy.Replace("execute-api:/*", $"arn:aws:execute-api:us-east-1:000000000000:{api.GetProperty("id").GetString()}/*", StringComparison.Ordinal),
            JsonSerializer.Deserialize<string>($"\"{shown}\""));
    }

    [Fact]
    public async Task A_clone_has_the_parts_of_its_source()
    {
        var (source, root, _) = await _cloud.DeployedApiAsync();
        var pets = await _cloud.ResourceAsync(source, root, "pets");
        var clone = (await _cloud.PostAsync("/restapis", $$"""{"name":"copy","cloneFrom":"{{source}}"}""")).GetProperty("id").GetString();
        await _cloud.DeleteAsync($"/restapis/{source}");
        var resource = await _cloud.GetAsync($"/restapis/{clone}/resources/{pets}");
        Assert.Equal("/pets", resource.GetProperty("path").GetString());
        Assert.Equal("MOCK", (await _cloud.GetAsync($"/restapis/{clone}/resources/{root}/methods/GET/integration")).GetProperty("type").GetString());
        Assert.Equal(0, (await _cloud.GetAsync($"/restapis/{clone}/deployments")).GetProperty("item").GetArrayLength());
    }

    [Fact]
    public async Task A_tag_chooses_the_id_once()
    {
        var api = await _cloud.PostAsync("/restapis", """{"name":"a","tags":{"_custom_id_":"myapi"}}""");
        Assert.Equal("myapi", api.GetProperty("id").GetString());
        Assert.Equal(
            "409 ConflictException: An API with the id myapi already exists.",
            await _cloud.RefusedAsync(HttpMethod.Post, "/restapis", """{"name":"b","tags":{"_custom_id_":"myapi"}}"""));
    }

    [Fact]
    public async Task Another_account_sees_nothing()
    {
        var (id, root, deployment) = await _cloud.DeployedApiAsync();
        var other = _cloud.As("111111111111");
        var missing = $"404 NotFoundException: Invalid API identifier specified 111111111111:{id}";
        Assert.Equal(missing, await other.RefusedAsync(HttpMethod.Get, $"/restapis/{id}"));
        Assert.Equal(missing, await other.RefusedAsync(HttpMethod.Delete, $"/restapis/{id}"));
        Assert.Equal(missing, await other.RefusedAsync(HttpMethod.Get, $"/restapis/{id}/deployments/{deployment}"));
        Assert.Equal("404 NotFoundException: Invalid Resource identifier specified", await other.RefusedAsync(HttpMethod.Get, $"/restapis/{id}/resources/{root}"));
        Assert.Equal(0, (await other.GetAsync("/restapis")).GetProperty("item").GetArrayLength());
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        for (var i = 0; i < 3; i++)
        {
            await _cloud.ApiAsync("n" + i);
        }

        var first = await _cloud.GetAsync("/restapis?limit=2");
        Assert.Equal(2, first.GetProperty("item").GetArrayLength());
        var second = await _cloud.GetAsync($"/restapis?limit=2&position={first.GetProperty("position").GetString()}");
        Assert.Equal(1, second.GetProperty("item").GetArrayLength());
        Assert.False(second.TryGetProperty("position", out _));
    }

    [Fact]
    public async Task The_aws_cli_builds_an_api_and_deploys_it()
    {
        var aws = _cloud.Aws;
        var api = await aws.AwsAsync(Cancel, "apigateway", "create-rest-api", "--name", "shop", "--endpoint-configuration", "types=REGIONAL");
        var id = api.GetProperty("id").GetString()!;
        var root = (await aws.AwsAsync(Cancel, "apigateway", "get-resources", "--rest-api-id", id)).GetProperty("items")[0].GetProperty("id").GetString()!;
        var pets = await aws.AwsAsync(Cancel, "apigateway", "create-resource", "--rest-api-id", id, "--parent-id", root, "--path-part", "pets");
        string[] method = ["--rest-api-id", id, "--resource-id", pets.GetProperty("id").GetString()!, "--http-method", "GET"];
        await aws.AwsAsync(Cancel, ["apigateway", "put-method", .. method, "--authorization-type", "NONE"]);
        await aws.AwsAsync(Cancel, ["apigateway", "put-integration", .. method, "--type", "MOCK"]);
        var deployment = await aws.AwsAsync(Cancel, "apigateway", "create-deployment", "--rest-api-id", id, "--stage-name", "prod");
        var stage = await aws.AwsAsync(Cancel, "apigateway", "get-stage", "--rest-api-id", id, "--stage-name", "prod");
        Assert.Equal(deployment.GetProperty("id").GetString(), stage.GetProperty("deploymentId").GetString());
    }
}
