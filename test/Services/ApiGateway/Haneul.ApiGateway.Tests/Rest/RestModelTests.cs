using System.Text.Json;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Models, request validators, gateway responses and authorizers.</summary>
public sealed class RestModelTests : IAsyncLifetime
{
    private const string FunctionUri =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:auth/invocations";

    private RestServer _cloud = null!;
    private string _api = null!;
    private string _root = null!;

    private string Path => $"/restapis/{_api}";

    public async ValueTask InitializeAsync()
    {
        _cloud = await RestServer.StartAsync();
        (_api, _root) = await _cloud.ApiAsync();
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task An_api_begins_with_two_models()
    {
        var models = (await _cloud.GetAsync(Path + "/models")).GetProperty("item");
        Assert.Equal(["Empty", "Error"], models.EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        var error = JsonDocument.Parse(models[1].GetProperty("schema").GetString()!).RootElement;
        Assert.Equal("Error Schema", error.GetProperty("title").GetString());
        Assert.Equal("string", error.GetProperty("properties").GetProperty("message").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"name":"","contentType":"application/json","schema":"{}"}""", "400 BadRequestException: Model name must be non-empty")]
    [InlineData("""{"name":"a","contentType":"application/json","schema":""}""", "400 BadRequestException: Model schema must have at least 1 property or array items defined")]
    [InlineData("""{"name":"a","contentType":"application/xml"}""", "400 BadRequestException: Model schema must have at least 1 property or array items defined")]
    [InlineData("""{"name":"a","contentType":"application/json","schema":"{}"}""", "400 BadRequestException: Model schema must have at least 1 property or array items defined")]
    [InlineData("""{"name":"Empty","contentType":"application/json","schema":"{\"type\":\"object\"}"}""", "409 ConflictException: Model name already exists for this REST API")]
    [InlineData("""{"name":"a","contentType":"application/json","schema":"{\"type\":\"thing\"}"}""", "400 BadRequestException: Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified. Value of keyword 'type' is not of a valid type]")]
    [InlineData("""{"name":"a","contentType":"application/json","schema":"{\"$ref\":\"Other\"}"}""", "400 BadRequestException: Invalid model specified: Validation Result: warnings : [], errors : [Model reference must be in canonical form]")]
    [InlineData("""{"name":"a","contentType":"application/json","schema":"{nonsense"}""", "400 BadRequestException: Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]")]
    public async Task What_no_model_can_be_is_refused(string body, string words) =>
        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Post, Path + "/models", body));

    [Fact]
    public async Task A_model_in_use_is_kept()
    {
        await ModelAsync("Pet", """{"type":"object"}""");
        await _cloud.PutAsync(
            $"{Path}/resources/{_root}/methods/ANY", """{"authorizationType":"NONE","requestModels":{"application/json":"Pet"} }""");
        Assert.Equal(
            "409 ConflictException: Cannot delete model 'Pet', is referenced in method request: //ANY",
            await _cloud.RefusedAsync(HttpMethod.Delete, Path + "/models/Pet"));
        await _cloud.DeleteAsync($"{Path}/resources/{_root}/methods/ANY", 204);
        await _cloud.DeleteAsync(Path + "/models/Pet");
        Assert.Equal("404 NotFoundException: Invalid model name specified: Pet", await _cloud.RefusedAsync(HttpMethod.Get, Path + "/models/Pet"));
    }

    [Fact]
    public async Task A_models_patches()
    {
        await ModelAsync("Pet", """{"type":"object"}""");
        var model = await _cloud.PatchAsync(Path + "/models/Pet", """replace /schema {"type":"object","title":"Updated"}""");
        Assert.Contains("Updated", model.GetProperty("schema").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations",
            await _cloud.PatchRefusedAsync(Path + "/models/Pet", "add /wrong-path x"));
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]",
            await _cloud.PatchRefusedAsync(Path + "/models/Pet", "replace /name x"));
        Assert.Equal(
            "400 BadRequestException: Model schema must have at least 1 property or array items defined",
            await _cloud.PatchRefusedAsync(Path + "/models/Pet", "replace /schema"));
    }

    [Fact]
    public async Task A_flat_model_holds_what_it_refers_to_and_a_template_makes_one()
    {
        await ModelAsync("Pet", """{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"} } }""");
        await ModelAsync("Pets", $$$"""{"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/{{{_api}}}/models/Pet"} }""");
        var flat = JsonDocument.Parse((await _cloud.GetAsync(Path + "/models/Pets?flatten=true")).GetProperty("schema").GetString()!).RootElement;
        Assert.Equal("#/definitions/Pet", flat.GetProperty("items").GetProperty("$ref").GetString());
        Assert.Equal("object", flat.GetProperty("definitions").GetProperty("Pet").GetProperty("type").GetString());
        var template = (await _cloud.GetAsync(Path + "/models/Pets/default_template")).GetProperty("value").GetString()!;
        Assert.StartsWith("#set($inputRoot = $input.path('$'))\n[", template, StringComparison.Ordinal);
        Assert.Contains("#foreach($elem in $inputRoot)", template, StringComparison.Ordinal);
        Assert.Contains("\"id\" : 42", template, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_validators_live_and_die()
    {
        var validator = await _cloud.PostAsync(Path + "/requestvalidators", """{"name":"v"}""");
        var path = $"{Path}/requestvalidators/{validator.GetProperty("id").GetString()}";
        Assert.False(validator.GetProperty("validateRequestBody").GetBoolean());
        Assert.True((await _cloud.PatchAsync(path, "replace /validateRequestBody true")).GetProperty("validateRequestBody").GetBoolean());
        Assert.False((await _cloud.PatchAsync(path, "replace /validateRequestBody")).GetProperty("validateRequestBody").GetBoolean());
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported operations",
            await _cloud.PatchRefusedAsync(path, "add /validateRequestBody true"));
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, "
            + "/validateRequestBody]",
            await _cloud.PatchRefusedAsync(path, "replace /invalidPath true"));
        Assert.Equal("400 BadRequestException: Request Validator name cannot be blank", await _cloud.PatchRefusedAsync(path, "replace /name"));
        await _cloud.DeleteAsync(path);
        const string missing = "404 NotFoundException: Invalid Request Validator identifier specified";
        Assert.Equal(missing, await _cloud.RefusedAsync(HttpMethod.Get, path));
        Assert.Equal(missing, await _cloud.RefusedAsync(HttpMethod.Delete, "/restapis/nope/requestvalidators/nope"));
        Assert.Equal(
            "400 BadRequestException: Invalid REST API identifier specified",
            await _cloud.RefusedAsync(HttpMethod.Post, "/restapis/nope/requestvalidators", """{"name":"v"}"""));
    }

    [Fact]
    public async Task Gateway_responses_are_aws_s_until_they_are_set()
    {
        var all = (await _cloud.GetAsync(Path + "/gatewayresponses")).GetProperty("item");
        Assert.Equal(21, all.GetArrayLength());
        Assert.Equal("ACCESS_DENIED", all[0].GetProperty("responseType").GetString());
        var path = Path + "/gatewayresponses/MISSING_AUTHENTICATION_TOKEN";
        const string asAws = """
            {"responseType":"MISSING_AUTHENTICATION_TOKEN","statusCode":"403","responseParameters":{},"responseTemplates":{"application/json":
            """;
        Assert.StartsWith(asAws, (await _cloud.GetAsync(path)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("404 NotFoundException: Gateway response type not defined on api", await _cloud.RefusedAsync(HttpMethod.Delete, path));
        var set = await _cloud.PutAsync(path, """{"responseParameters":{"gatewayresponse.header.x":"method.request.header.Accept"} }""");
        Assert.Equal("403", set.GetProperty("statusCode").GetString());
        Assert.False(set.GetProperty("defaultResponse").GetBoolean());
        await _cloud.DeleteAsync(path);
        Assert.StartsWith(asAws, (await _cloud.GetAsync(path)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_general_gateway_response_is_that_of_its_kind()
    {
        await _cloud.PutAsync(Path + "/gatewayresponses/AUTHORIZER_FAILURE", """{"responseParameters":{"gatewayresponse.header.foo":"'bar'"} }""");
        var general = await _cloud.PatchAsync(Path + "/gatewayresponses/DEFAULT_5XX", "replace /statusCode 599");
        Assert.Equal("599", general.GetProperty("statusCode").GetString());
        var other = await _cloud.GetAsync(Path + "/gatewayresponses/INTEGRATION_TIMEOUT");
        Assert.Equal("599", other.GetProperty("statusCode").GetString());
        Assert.True(other.GetProperty("defaultResponse").GetBoolean());
        Assert.Equal("500", (await _cloud.GetAsync(Path + "/gatewayresponses/AUTHORIZER_FAILURE")).GetProperty("statusCode").GetString());
        Assert.False((await _cloud.GetAsync(Path + "/gatewayresponses/DEFAULT_4XX")).TryGetProperty("statusCode", out _));
    }

    [Theory]
    [InlineData("add /statusCode 400", "400 BadRequestException: Invalid patch path /statusCode")]
    [InlineData("replace /responseParameters/gatewayresponse.header.x 'a'", "404 NotFoundException: Invalid parameter name specified")]
    [InlineData("replace - x", "400 BadRequestException: Invalid patch path null")]
    [InlineData("replace /wrongPath x", "400 BadRequestException: Invalid patch path /wrongPath")]
    [InlineData("add /responseTemplates/application~1xml", "400 BadRequestException: Invalid null or empty value in responseTemplates")]
    [InlineData("add /responseParameters/gatewayresponse.header.x", "400 BadRequestException: Invalid null or empty value in responseParameters")]
    public async Task Patches_of_gateway_responses_that_cannot_be_are_refused(string operation, string words) =>
        Assert.Equal(words, await _cloud.PatchRefusedAsync(Path + "/gatewayresponses/DEFAULT_4XX", operation));

    [Fact]
    public async Task An_unknown_gateway_response_is_refused_with_all_that_there_are() => Assert.Equal(
        "400 ValidationException: 1 validation error detected: Value 'FAKE_RESPONSE_TYPE' at 'responseType' failed to satisfy constraint: Member must satisfy "
        + "enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, "
        + "INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, "
        + "DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN]",
        await _cloud.RefusedAsync(HttpMethod.Get, Path + "/gatewayresponses/FAKE_RESPONSE_TYPE"));

    [Fact]
    public async Task An_authorizer_guards_methods_of_its_kind()
    {
        var authorizer = await _cloud.PostAsync(
            Path + "/authorizers",
            $$"""{"name":"lambda_authorizer","type":"TOKEN","authorizerUri":"{{FunctionUri}}","identitySource":"method.request.header.Auth"}""");
        Assert.Equal("custom", authorizer.GetProperty("authType").GetString());
        Assert.False(authorizer.TryGetProperty("authorizerResultTtlInSeconds", out _));
        var id = authorizer.GetProperty("id").GetString();
        var method = $"{Path}/resources/{_root}/methods/GET";
        Assert.StartsWith(
            "400 BadRequestException: Invalid authorizer ID specified.",
            await _cloud.RefusedAsync(HttpMethod.Put, method, $$"""{"authorizationType":"COGNITO_USER_POOLS","authorizerId":"{{id}}"}"""),
            StringComparison.Ordinal);
        await _cloud.PutAsync(method, $$"""{"authorizationType":"CUSTOM","authorizerId":"{{id}}"}""");
        Assert.StartsWith("409 ConflictException: ", await _cloud.RefusedAsync(HttpMethod.Delete, $"{Path}/authorizers/{id}"), StringComparison.Ordinal);
        authorizer = await _cloud.PatchAsync($"{Path}/authorizers/{id}", "replace /authorizerResultTtlInSeconds 60", "replace /name other");
        Assert.Equal(60, authorizer.GetProperty("authorizerResultTtlInSeconds").GetInt32());
        Assert.Equal(
            "409 ConflictException: Unable to complete operation due to concurrent modification. Please try again later.",
            await _cloud.RefusedAsync(HttpMethod.Post, "/restapis/nope/authorizers", """{"name":"a","type":"TOKEN"}"""));
    }

    [Theory]
    [InlineData("""{"name":"a","type":"TOKEN","authorizerUri":"x","identitySource":"method.request.header.A"}""", "400 BadRequestException: Invalid Authorizer URI: x. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.")]
    [InlineData("""{"name":"a","type":"TOKEN","authorizerUri":"URI","identitySource":"nope"}""", "400 BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: nope]")]
    [InlineData("""{"name":"a","type":"COGNITO_USER_POOLS","providerARNs":["x"],"identitySource":"method.request.header.A"}""", "400 BadRequestException: Invalid Cognito User Pool ARN format specified in the request")]
    public async Task What_no_authorizer_can_be_is_refused(string body, string words) => Assert.Equal(
        words, await _cloud.RefusedAsync(HttpMethod.Post, Path + "/authorizers", body.Replace("URI\"", FunctionUri + "\"", StringComparison.Ordinal)));

    private Task<JsonElement> ModelAsync(string name, string schema) =>
        _cloud.PostAsync(Path + "/models", JsonSerializer.Serialize(new { name, schema, contentType = "application/json" }));
}
