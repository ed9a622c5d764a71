using System.Text.Json;
using Haneul.ApiGateway.Tests.Authorizers;

namespace Haneul.ApiGateway.Tests.OpenApi;

/// <summary>Import and export of HTTP APIs.</summary>
public sealed class HttpOpenApiTests : IAsyncLifetime
{
    private const string Function = $$"""
        { "type": "aws_proxy", "httpMethod": "POST", "uri": "{{ApiServer.FunctionUri}}", "payloadFormatVersion": "2.0", "timeoutInMillis": 5000 }
        """;

    private const string Document = $$"""
        {
          "openapi": "3.0.1",
          "info": { "title": "pets", "version": "7", "description": "all pets" },
          "servers": [{ "url": "https://example.com/{basePath}", "variables": { "basePath": { "default": "v1/shop" } } }],
          "tags": [{ "name": "team", "x-amazon-apigateway-tag-value": "blue" }, { "name": "plain" }],
          "paths": {
            "/pets": {
              "get": { "operationId": "ListPets", "x-amazon-apigateway-integration": { "$ref": "#/components/x-amazon-apigateway-integrations/f" } },
              "post": { "security": [{ "guard": [] }], "x-amazon-apigateway-integration": {{Function}} }
            },
            "/pets/{id}": {
              "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": { "$ref": "#/components/x-amazon-apigateway-integrations/f" } }
            },
            "/signed": { "get": { "x-amazon-apigateway-auth": { "type": "AWS_IAM" }, "x-amazon-apigateway-integration": {{Function}} } },
            "/$default": {
              "x-amazon-apigateway-any-method": {
                "isDefaultRoute": true,
                "x-amazon-apigateway-integration": {
                  "type": "http_proxy", "httpMethod": "ANY", "uri": "http://127.0.0.1:1/x", "payloadFormatVersion": "1.0", "connectionType": "INTERNET",
                  "passthroughBehavior": "when_no_match",
                  "requestParameters": { "overwrite:header.x-a": "$request.header.b" },
                  "responseParameters": { "502": { "overwrite:statuscode": "404" } }
                }
              }
            }
          },
          "components": {
            "securitySchemes": {
              "guard": {
                "type": "apiKey", "name": "Authorization", "in": "header",
                "x-amazon-apigateway-authorizer": {
                  "type": "request", "identitySource": "$request.header.Authorization, $request.querystring.k", "authorizerUri": "{{ApiServer.FunctionUri}}",
                  "authorizerPayloadFormatVersion": "2.0", "authorizerResultTtlInSeconds": 60, "enableSimpleResponses": true
                }
              }
            },
            "x-amazon-apigateway-integrations": { "f": {{Function}} }
          },
          "x-amazon-apigateway-cors": { "allowOrigins": ["https://a.example"], "allowMethods": ["GET"], "maxAge": 60, "allowCredentials": true },
          "x-amazon-apigateway-importexport-version": "1.0"
        }
        """;

    private ApiServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_imported_json_document_is_an_api_whose_routes_are_served()
    {
        var api = await CliImportAsync(Document, ".json");
        Assert.Equal("pets", api.GetProperty("Name").GetString());
        Assert.Equal("7", api.GetProperty("Version").GetString());
        Assert.Equal("all pets", api.GetProperty("Description").GetString());
        Assert.Equal("""{"team":"blue"}""", Compact(api.GetProperty("Tags")));
        Assert.Equal(60, api.GetProperty("CorsConfiguration").GetProperty("MaxAge").GetInt32());
        Assert.Contains("passthroughBehavior", Assert.Single(api.GetProperty("ImportInfo").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.False(api.TryGetProperty("Warnings", out _));

        var id = api.GetProperty("ApiId").GetString()!;
        Assert.Equal(0, (await GetAsync(id, "stages")).GetArrayLength());
        Assert.Equal(["$default", "ANY /pets/{id}", "GET /pets", "GET /signed", "POST /pets"], await KeysAsync(id));
        Assert.Equal(4, (await GetAsync(id, "integrations")).GetArrayLength());

        await StageAsync(id);
        Assert.Equal((200, "ok"), await CallAsync(HttpMethod.Get, id, "/pets"));
        Assert.Equal("GET /pets", _server.Functions.Event.GetProperty("routeKey").GetString());
        Assert.Equal((200, "ok"), await CallAsync(HttpMethod.Delete, id, "/pets/5"));
        Assert.Equal("5", _server.Functions.Event.GetProperty("pathParameters").GetProperty("id").GetString());
        Assert.Equal(401, (await CallAsync(HttpMethod.Post, id, "/pets")).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Get, id, "/signed")).Status);
    }

    [Fact]
    public async Task An_imported_yaml_document_is_an_api_whose_routes_are_served()
    {
        using var endpoint = new Endpoint();
        var api = await CliImportAsync(
            $$"""
            openapi: 3.1
            info: {title: yaml, version: 1.0}
            servers:
              - url: https://example.com/v1/shop
            paths:
              /items/{proxy+}:
                x-amazon-apigateway-any-method:
                  x-amazon-apigateway-integration: &f
                    type: AWS_PROXY
                    uri: {{ApiServer.FunctionArn}}
                    payloadFormatVersion: 2.0
              /out:
                get:
                  x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "{{endpoint.Url}}/there"}
                trace:
                  x-amazon-apigateway-integration: *f
            """,
            ".yaml", "--basepath", "split");
        Assert.Equal("1.0", api.GetProperty("Version").GetString());
        Assert.Contains("trace", Assert.Single(api.GetProperty("Warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var id = api.GetProperty("ApiId").GetString()!;
        await StageAsync(id);
        Assert.Equal((200, "ok"), await CallAsync(HttpMethod.Put, id, "/shop/items/a/b"));
        Assert.Equal("a/b", _server.Functions.Event.GetProperty("pathParameters").GetProperty("proxy").GetString());
        Assert.Equal((200, endpoint.Answer), await CallAsync(HttpMethod.Get, id, "/shop/out"));
        Assert.Equal("/there", endpoint.Last.Target);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, id, "/out")).Status);
    }

    [Theory]
    [InlineData("JSON")]
    [InlineData("YAML")]
    public async Task What_is_exported_and_imported_again_is_the_same_api(string type)
    {
        using var issuer = new TokenIssuer();
        var id = await ImportAsync(Document);
        var jwt = await _server.PostIdAsync(
            $"/v2/apis/{id}/authorizers",
            new
            {
                name = "tokens", authorizerType = "JWT", identitySource = new[] { "$request.header.Authorization" },
                jwtConfiguration = new { issuer = issuer.Url, audience = new[] { "shop" } },
            },
            "authorizerId");
        await _server.AddRouteAsync(
            id, "PUT /pets", ApiServer.Lambda("1.0"), new { authorizationType = "JWT", authorizerId = jwt, authorizationScopes = new[] { "a", "b" } });

        var file = Path.GetTempFileName();
        try
        {
            await _server.Clients.AwsAsync(
                Cancel, "apigatewayv2", "export-api", "--api-id", id, "--output-type", type, "--specification", "OAS30", file);
            var text = await File.ReadAllTextAsync(file, Cancel);
            Assert.StartsWith(type == "JSON" ? "{" : "---\nopenapi: \"3.0.1\"", text, StringComparison.Ordinal);
            var copy = (await _server.SendAsync(HttpMethod.Put, "/v2/apis?failOnWarnings=true", new { body = text })).GetProperty("apiId").GetString()!;
            Assert.Equal(await ShapeAsync(id), await ShapeAsync(copy));
            Assert.Contains("PUT /pets", await ShapeAsync(copy), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Reimporting_replaces_the_routes_and_stages_that_deploy_themselves_follow()
    {
        var id = await ImportAsync(Document);
        await StageAsync(id);
        await _server.SendAsync(HttpMethod.Post, $"/v2/apis/{id}/deployments", new { description = "first" });
        var first = (await GetAsync(id, "deployments")).EnumerateArray()
            .First(deployment => deployment.TryGetProperty("description", out var text) && text.GetString() == "first").GetProperty("deploymentId").GetString();
        await _server.SendAsync(HttpMethod.Post, $"/v2/apis/{id}/stages", new { stageName = "old", deploymentId = first });
        var kept = await RouteIdAsync(id, "GET /pets");

        var answer = await _server.SendAsync(HttpMethod.Put, $"/v2/apis/{id}", new { body = Minimal("/pets", Function) });
        Assert.Equal("n", answer.GetProperty("name").GetString());
        Assert.Equal("blue", answer.GetProperty("tags").GetProperty("team").GetString());
        Assert.False(answer.TryGetProperty("corsConfiguration", out _));
        Assert.Equal(["GET /pets"], await KeysAsync(id));
        Assert.Equal(kept, await RouteIdAsync(id, "GET /pets"));
        Assert.Equal(1, (await GetAsync(id, "integrations")).GetArrayLength());
        Assert.Equal(0, (await GetAsync(id, "authorizers")).GetArrayLength());
        Assert.Equal((200, "ok"), await CallAsync(HttpMethod.Get, id, "/pets"));
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, id, "/pets/5")).Status);

        // The stage that was deployed by hand still serves, and exports, what it had.
        var old = await ExportAsync(id, "&stageName=old");
        Assert.True(old.GetProperty("paths").TryGetProperty("/pets/{id}", out _));
        Assert.Equal("old", old.GetProperty("servers")[0].GetProperty("variables").GetProperty("basePath").GetProperty("default").GetString());
        var plain = await ExportAsync(id, "&includeExtensions=false");
        Assert.False(plain.GetProperty("paths").GetProperty("/pets").GetProperty("get").TryGetProperty("x-amazon-apigateway-integration", out _));
        Assert.DoesNotContain("x-amazon", plain.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a document", "Invalid OpenAPI input.")]
    [InlineData("{", "Invalid OpenAPI input.")]
    [InlineData("""{"swagger":"2.0","info":{"title":"n"}}""", "HTTP APIs are imported from OpenAPI 3.0 or 3.1")]
    [InlineData("""{"openapi":"3.0.1","info":{}}""", "info.title")]
    [InlineData("""{"openapi":"3.0.1","info":{"title":"n"},"x-amazon-apigateway-cors":{"maxAge":-5}}""", "Invalid value for maxAge")]
    [InlineData("""{"openapi":"3.0.1","info":{"title":"n"},"x-amazon-apigateway-importexport-version":"2.0"}""", "importexport-version")]
    [InlineData("""{"openapi":"3.0.1","info":{"title":"n"},"paths":{"/a b":{"get":{}}}}""", "Unable to create route 'GET /a b'")]
    [InlineData("""{"openapi":"3.0.1","info":{"title":"n"},"paths":[],"components":{"securitySchemes":{"a":{"x-amazon-apigateway-authorizer":{}}}}}""", "authorizer 'a'")]
    public async Task Documents_that_are_no_http_api_are_refused(string document, string why)
    {
        var refused = await _server.RefusedAsync(HttpMethod.Put, "/v2/apis", new { body = document });
        Assert.StartsWith("400", refused, StringComparison.Ordinal);
        var message = JsonDocument.Parse(refused[4..]).RootElement.EnumerateObject().First(member => member.Name is "message" or "Message").Value;
        Assert.Contains(why, message.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_schemes_make_authorizers_and_an_operations_own_requirements_win()
    {
        using var issuer = new TokenIssuer();
        var answer = await _server.SendAsync(HttpMethod.Put, "/v2/apis", new
        {
            body = $$"""
                {
                  "openapi": "3.0.1", "info": { "title": "n" }, "security": [{ "tokens": ["read"] }],
                  "paths": {
                    "/read": { "get": { "x-amazon-apigateway-integration": {{Function}} } },
                    "/admin": { "get": { "security": [{ "tokens": ["admin"] }], "x-amazon-apigateway-integration": {{Function}} } },
                    "/open": { "get": { "security": [], "x-amazon-apigateway-integration": {{Function}} } },
                    "/signed": { "get": { "security": [{ "sig": [] }, { "tokens": [] }], "x-amazon-apigateway-integration": {{Function}} } },
                    "/lost": { "get": { "security": [{ "none": [] }], "x-amazon-apigateway-integration": {{Function}} } }
                  },
                  "components": { "securitySchemes": {
                    "sig": { "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4" },
                    "tokens": {
                      "type": "openIdConnect", "openIdConnectUrl": "{{issuer.Url}}/.well-known/openid-configuration",
                      "x-amazon-apigateway-authorizer": {
                        "type": "jwt", "identitySource": "$request.header.Authorization", "jwtConfiguration": { "audience": ["shop"] }
                      }
                    }
                  } }
                }
                """,
        });
        var id = answer.GetProperty("apiId").GetString()!;
        var warnings = answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!).ToArray();
        Assert.Equal(2, warnings.Length);
        Assert.Contains("'tokens' of route 'GET /signed'", warnings[0], StringComparison.Ordinal);
        Assert.Contains("'none' of route 'GET /lost'", warnings[1], StringComparison.Ordinal);
        await StageAsync(id);

        var bearer = ("Authorization", "Bearer " + issuer.Token(_server.Time.GetUtcNow()));
        Assert.Equal(200, (await _server.CallAsync(id, "/read", bearer)).Status);
        Assert.Equal(401, (await _server.CallAsync(id, "/read")).Status);
        Assert.Equal(403, (await _server.CallAsync(id, "/admin", bearer)).Status);
        Assert.Equal(200, (await _server.CallAsync(id, "/open")).Status);
        Assert.Equal(403, (await _server.CallAsync(id, "/signed")).Status);
        Assert.Equal(200, (await _server.CallAsync(id, "/lost")).Status);
    }

    [Fact]
    public async Task An_import_that_cannot_be_changes_nothing()
    {
        var id = await ImportAsync(Document);
        var before = await ShapeAsync(id);
        var wrong = await _server.Clients.AwsRefusedAsync(
            Cancel, "apigatewayv2", "reimport-api", "--api-id", id, "--body", Minimal("/x", """{ "type": "mock" }"""));
        Assert.Contains("BadRequestException", wrong, StringComparison.Ordinal);
        Assert.Contains("Integration type MOCK is not supported on protocol type HTTP", wrong, StringComparison.Ordinal);
        var warned = await _server.RefusedAsync(
            HttpMethod.Put, $"/v2/apis/{id}?failOnWarnings=true", new { body = Minimal("/x", """{ "$ref": "#/components/none" }""") });
        Assert.Contains("Warnings found during import:", warned, StringComparison.Ordinal);
        Assert.Contains("Must be one of: [ignore, prepend, split]", await _server.RefusedAsync(
            HttpMethod.Put, $"/v2/apis/{id}?basepath=all", new { body = Document }), StringComparison.Ordinal);
        Assert.Equal(before, await ShapeAsync(id));
        Assert.StartsWith("404", await _server.RefusedAsync(HttpMethod.Put, "/v2/apis/none", new { body = Document }), StringComparison.Ordinal);
        foreach (var (path, why) in new[]
        {
            ("OAS31?outputType=JSON", "OAS30"), ("OAS30?outputType=XML", "JSON, YAML"), ("OAS30?outputType=JSON&exportVersion=2.0", "1.0"),
        })
        {
            Assert.Contains(why, await _server.RefusedAsync(HttpMethod.Get, $"/v2/apis/{id}/exports/{path}"), StringComparison.Ordinal);
        }

        Assert.StartsWith("404", await _server.RefusedAsync(
            HttpMethod.Get, $"/v2/apis/{id}/exports/OAS30?outputType=JSON&stageName=none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_models_template_has_a_sample_of_every_property()
    {
        var api = await _server.PostIdAsync(
            "/v2/apis", new { name = "chat", protocolType = "WEBSOCKET", routeSelectionExpression = "$request.body.action" }, "apiId");
        var model = await _server.PostIdAsync(
            $"/v2/apis/{api}/models",
            new { name = "Talk", schema = """{"type":"object","properties":{"text":{"type":"string"},"count":{"type":"integer"}}}""" }, "modelId");
        var template = await _server.Clients.AwsAsync(Cancel, "apigatewayv2", "get-model-template", "--api-id", api, "--model-id", model);
        var value = template.GetProperty("Value").GetString()!;
        Assert.Contains("\"text\" : \"foo\"", value, StringComparison.Ordinal);
        Assert.Contains("\"count\" : 42", value, StringComparison.Ordinal);
        Assert.StartsWith("404", await _server.RefusedAsync(HttpMethod.Get, $"/v2/apis/{api}/models/none/template"), StringComparison.Ordinal);
        Assert.StartsWith("400", await _server.RefusedAsync(HttpMethod.Put, $"/v2/apis/{api}", new { body = Document }), StringComparison.Ordinal);
    }

    private static string Minimal(string path, string integration) => $$"""
        { "openapi": "3.0.3", "info": { "title": "n" }, "paths": { "{{path}}": { "get": { "x-amazon-apigateway-integration": {{integration}} } } } }
        """;

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value);

    private async Task<string> ImportAsync(string document) =>
        (await _server.SendAsync(HttpMethod.Put, "/v2/apis", new { body = document })).GetProperty("apiId").GetString()!;

    private async Task<JsonElement> CliImportAsync(string document, string extension, params string[] options)
    {
        var file = Path.ChangeExtension(Path.GetTempFileName(), extension);
        await File.WriteAllTextAsync(file, document, Cancel);
        try
        {
            return await _server.Clients.AwsAsync(Cancel, ["apigatewayv2", "import-api", "--body", "file://" + file, .. options]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<JsonElement> StageAsync(string api) =>
        _server.SendAsync(HttpMethod.Post, $"/v2/apis/{api}/stages", new { stageName = "$default", autoDeploy = true });

    private async Task<(int Status, string Body)> CallAsync(HttpMethod method, string api, string path)
    {
        var (status, body, response) = await _server.CallAsync(method, api, path, body: null);
        response.Dispose();
        return (status, body);
    }

    private async Task<JsonElement> GetAsync(string api, string parts) =>
        (await _server.SendAsync(HttpMethod.Get, $"/v2/apis/{api}/{parts}?maxResults=100")).GetProperty("items");

    private Task<JsonElement> ExportAsync(string api, string query) =>
        _server.SendAsync(HttpMethod.Get, $"/v2/apis/{api}/exports/OAS30?outputType=JSON{query}");

    private async Task<string[]> KeysAsync(string api) =>
        [.. (await GetAsync(api, "routes")).EnumerateArray().Select(route => route.GetProperty("routeKey").GetString()!).Order(StringComparer.Ordinal)];

    private async Task<string?> RouteIdAsync(string api, string key) => (await GetAsync(api, "routes")).EnumerateArray()
        .First(route => route.GetProperty("routeKey").GetString() == key).GetProperty("routeId").GetString();

    // The API, with its parts in the place of their ids.
    private async Task<string> ShapeAsync(string api)
    {
        var names = new Dictionary<string, string>();
        foreach (var authorizer in (await GetAsync(api, "authorizers")).EnumerateArray())
        {
            names[authorizer.GetProperty("authorizerId").GetString()!] = Without(authorizer, "authorizerId");
        }

        foreach (var integration in (await GetAsync(api, "integrations")).EnumerateArray())
        {
            names["integrations/" + integration.GetProperty("integrationId").GetString()] = Without(integration, "integrationId");
        }

        var routes = (await GetAsync(api, "routes")).EnumerateArray().Select(route => string.Join('|', route.EnumerateObject()
            .Where(member => member.Name != "routeId")
            .Select(member => member.Name + "=" + (member.Value.ValueKind == JsonValueKind.String && names.TryGetValue(member.Value.GetString()!, out var part)
                ? part : Compact(member.Value)))));
        var self = Without(await _server.SendAsync(HttpMethod.Get, $"/v2/apis/{api}"), "apiId", "apiEndpoint", "createdDate");
        return self + "\n" + string.Join('\n', routes.Order(StringComparer.Ordinal)) + "\n" + (await GetAsync(api, "integrations")).GetArrayLength();
    }

    private static string Without(JsonElement value, params string[] names) => string.Join('|', value.EnumerateObject()
        .Where(member => !names.Contains(member.Name)).Select(member => member.Name + "=" + Compact(member.Value)));
}
