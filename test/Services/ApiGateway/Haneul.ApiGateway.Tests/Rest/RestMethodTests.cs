using System.Text.Json;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Methods, integrations and their responses.</summary>
public sealed class RestMethodTests : IAsyncLifetime
{
    private RestServer _cloud = null!;
    private string _api = null!;
    private string _path = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await RestServer.StartAsync();
        (_api, var root) = await _cloud.ApiAsync();
        _path = $"/restapis/{_api}/resources/{root}/methods/";
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_method_lives_and_dies()
    {
        Assert.Equal(
            """{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false}""",
            (await _cloud.PutAsync(_path + "ANY", """{"authorizationType":"NONE"}""")).GetRawText());
        Assert.Equal(
            "409 ConflictException: Method already exists for this resource",
            await _cloud.RefusedAsync(HttpMethod.Put, _path + "ANY", """{"authorizationType":"NONE"}"""));
        await _cloud.DeleteAsync(_path + "ANY", 204);
        Assert.Equal("404 NotFoundException: Invalid Method identifier specified", await _cloud.RefusedAsync(HttpMethod.Get, _path + "ANY"));
        Assert.Equal("404 NotFoundException: Invalid Method identifier specified", await _cloud.RefusedAsync(HttpMethod.Delete, _path + "ANY"));
    }

    [Theory]
    [InlineData("GETS", """{"authorizationType":"NONE"}""", "400 BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY")]
    [InlineData("GET", """{"authorizationType":"CUSTOM"}""", "400 BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")]
    [InlineData("GET", """{"authorizationType":"NONE","requestValidatorId":"nope"}""", "400 BadRequestException: Invalid Request Validator identifier specified")]
    [InlineData("GET", """{"authorizationType":"NONE","requestModels":{"application/json":"petModel"}}""", "400 BadRequestException: Invalid model identifier specified: petModel")]
    [InlineData("GET", """{"authorizationType":"NONE","requestParameters":{"method.request.header.a":true,"method.request.querystring.a":true}}""", "400 BadRequestException: Parameter names must be unique across querystring, header and path")]
    public async Task What_no_method_can_be_is_refused(string method, string body, string words) =>
        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Put, _path + method, body));

    [Fact]
    public async Task A_methods_patches()
    {
        await _cloud.PutAsync(_path + "ANY", """{"authorizationType":"NONE"}""");
        var method = await _cloud.PatchAsync(
            _path + "ANY", "add /requestParameters/method.request.querystring.optional true", "add /requestModels/application~1json Empty");
        Assert.Equal("""{"method.request.querystring.optional":true}""", method.GetProperty("requestParameters").GetRawText());
        method = await _cloud.PatchAsync(
            _path + "ANY", "replace /apiKeyRequired true", "replace /authorizationType AWS_IAM", "replace /operationName Op",
            "replace /requestParameters/method.request.querystring.optional false");
        Assert.Equal("AWS_IAM", method.GetProperty("authorizationType").GetString());
        Assert.False(method.GetProperty("requestParameters").GetProperty("method.request.querystring.optional").GetBoolean());
        method = await _cloud.PatchAsync(
            _path + "ANY", "remove /requestParameters/method.request.querystring.optional", "remove /requestModels/application~1json");
        Assert.False(method.TryGetProperty("requestParameters", out _));
        Assert.False(method.TryGetProperty("requestModels", out _));
        method = await _cloud.PatchAsync(_path + "ANY", "replace /authorizationType NONE", "replace /authorizerId abc", "replace /apiKeyRequired whatever");
        Assert.False(method.GetProperty("apiKeyRequired").GetBoolean());
        Assert.False(method.TryGetProperty("authorizerId", out _));
    }

    [Theory]
    [InlineData("add /apiKeyRequired true", "400 BadRequestException: Invalid patch operation specified. Must be one of: [replace]")]
    [InlineData("replace /httpMethod GET", "400 BadRequestException: Invalid patch path /httpMethod")]
    [InlineData("replace /requestParameters x", "400 BadRequestException: Invalid patch path /requestParameters")]
    [InlineData("add /requestModels/application/json Empty", "400 BadRequestException: Invalid patch path /requestModels/application/json")]
    [InlineData("replace /authorizationType CUSTOM", "400 BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")]
    [InlineData("replace /requestValidatorId x", "400 BadRequestException: Invalid Request Validator identifier specified")]
    public async Task Patches_that_cannot_be_are_refused(string operation, string words)
    {
        await _cloud.PutAsync(_path + "ANY", """{"authorizationType":"NONE"}""");
        Assert.Equal(words, await _cloud.PatchRefusedAsync(_path + "ANY", operation));
    }

    [Fact]
    public async Task Method_responses_keep_what_they_were_given()
    {
        await _cloud.PutAsync(_path + "GET", """{"authorizationType":"NONE"}""");
        var path = _path + "GET/responses/200";
        var response = await _cloud.PutAsync(path, """{"responseParameters":{},"responseModels":{}}""");
        Assert.Equal("""{"statusCode":"200","responseParameters":{},"responseModels":{}}""", response.GetRawText());
        response = await _cloud.PatchAsync(
            path, 201, "add /responseParameters/method.response.header.my-header true", "add /responseModels/application~1json Empty");
        Assert.Equal("""{"method.response.header.my-header":true}""", response.GetProperty("responseParameters").GetRawText());
        response = await _cloud.PatchAsync(
            path, 201, "remove /responseParameters/method.response.header.my-header", "remove /responseModels/application~1json");
        Assert.Equal("""{"statusCode":"200"}""", response.GetRawText());
        Assert.Equal(
            "404 NotFoundException: Invalid parameter name specified",
            await _cloud.PatchRefusedAsync(path, "remove /responseParameters/method.response.header.my-header"));
        Assert.Equal(
            "404 NotFoundException: Content-Type specified was not found", await _cloud.PatchRefusedAsync(path, "remove /responseModels/application~1json"));
        await _cloud.DeleteAsync(path, 204);
        Assert.Equal("404 NotFoundException: Invalid Response status code specified", await _cloud.RefusedAsync(HttpMethod.Get, path));
    }

    [Theory]
    [InlineData("""{"type":"HTTP","uri":"http://x"}""", "400 BadRequestException: Enumeration value for HttpMethod must be non-empty")]
    [InlineData("""{"type":"HTTP_PROXY","httpMethod":"GET","uri":"x"}""", "400 BadRequestException: Invalid HTTP endpoint specified for URI")]
    [InlineData("""{"type":"AWS","httpMethod":"POST","uri":"nope"}""", "400 BadRequestException: Invalid ARN specified in the request")]
    [InlineData("""{"type":"AWS","httpMethod":"POST","uri":"arn:aws:lambda:us-east-1:000000000000:function:f"}""", "400 BadRequestException: AWS ARN for integration must contain path or action")]
    [InlineData("""{"type":"AWS_PROXY","httpMethod":"POST","uri":"arn:aws:apigateway:us-east-1:s3:path/b/k"}""", "400 BadRequestException: Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")]
    [InlineData("""{"type":"AWS_PROXY","httpMethod":"POST","uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/bad/invocations"}""", "400 BadRequestException: Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")]
    [InlineData("""{"type":"HTTPS_PROXY"}""", "400 ValidationException: 1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]")]
    [InlineData("""{"type":"MOCK","requestParameters":{"integration.request.path.a":"true"}}""", "400 BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]")]
    [InlineData("""{"type":"MOCK","requestParameters":{"integration.request.path.a":"method.request.path.b"}}""", "400 BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.path.b]")]
    [InlineData("""{"type":"MOCK","timeoutInMillis":49}""", "400 BadRequestException: Timeout should be between 50 ms and 29000 ms")]
    public async Task What_no_integration_can_be_is_refused(string body, string words)
    {
        await _cloud.PutAsync(_path + "GET", """{"authorizationType":"NONE"}""");
        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Put, _path + "GET/integration", body));
    }

    [Fact]
    public async Task An_integration_begins_with_what_aws_gives_it()
    {
        await _cloud.PutAsync(_path + "GET", """{"authorizationType":"NONE"}""");
        var integration = await _cloud.PutAsync(_path + "GET/integration", """{"type":"HTTP","httpMethod":"POST","uri":"http://example.com"}""");
        Assert.Equal("INTERNET", integration.GetProperty("connectionType").GetString());
        Assert.Equal("WHEN_NO_MATCH", integration.GetProperty("passthroughBehavior").GetString());
        Assert.Equal(29000, integration.GetProperty("timeoutInMillis").GetInt32());
        Assert.Equal("[]", integration.GetProperty("cacheKeyParameters").GetRawText());
        Assert.Contains(integration.GetProperty("cacheNamespace").GetString()!, _path, StringComparison.Ordinal);
        integration = await _cloud.PatchAsync(
            _path + "GET/integration", "replace /timeoutInMillis 100", "add /requestTemplates/application~1json {}", "replace /uri http://${stageVariables.host}/a");
        Assert.Equal(100, integration.GetProperty("timeoutInMillis").GetInt32());
        await _cloud.DeleteAsync(_path + "GET/integration", 204);
        Assert.Equal("404 NotFoundException: Invalid Integration identifier specified", await _cloud.RefusedAsync(HttpMethod.Get, _path + "GET/integration"));
    }

    [Fact]
    public async Task Integration_responses_live_and_die()
    {
        await _cloud.PutAsync(_path + "GET", """{"authorizationType":"NONE"}""");
        await _cloud.PutAsync(_path + "GET/integration", """{"type":"MOCK"}""");
        var path = _path + "GET/integration/responses/200";
        var response = await _cloud.PutAsync(path, """{"selectionPattern":"","responseTemplates":{"application/json":""}}""");
        Assert.Equal("""{"statusCode":"200","selectionPattern":"","responseTemplates":{"application/json":null}}""", response.GetRawText());
        response = await _cloud.PatchAsync(path, "replace /selectionPattern updated-pattern");
        Assert.Equal("updated-pattern", response.GetProperty("selectionPattern").GetString());
        response = await _cloud.PutAsync(path, """{"selectionPattern":"overwrite"}""");
        Assert.Equal("""{"statusCode":"200","selectionPattern":"overwrite"}""", response.GetRawText());
        Assert.Equal(JsonValueKind.Object, (await _cloud.GetAsync(_path + "GET")).GetProperty("methodIntegration").GetProperty("integrationResponses").ValueKind);
        Assert.Equal(
            "400 BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]",
            await _cloud.RefusedAsync(HttpMethod.Put, path, """{"responseTemplates":{"123":"x"}}"""));
        Assert.Equal(
            "400 BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : "
            + "[Invalid mapping expression parameter specified: method.response.header.a]",
            await _cloud.RefusedAsync(HttpMethod.Put, path, """{"responseParameters":{"method.response.header.a":"'x'"}}"""));
        Assert.Equal(
            "404 NotFoundException: Invalid Integration identifier specified",
            await _cloud.RefusedAsync(HttpMethod.Delete, _path + "POST/integration/responses/200"));
        Assert.Equal(
            "404 NotFoundException: Invalid Response status code specified",
            await _cloud.RefusedAsync(HttpMethod.Delete, _path + "GET/integration/responses/404"));
        await _cloud.DeleteAsync(path, 204);
    }
}
