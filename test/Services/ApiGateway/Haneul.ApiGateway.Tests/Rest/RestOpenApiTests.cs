using System.Net;
using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Rest.OpenApi;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Import and export of Swagger and OpenAPI.</summary>
public sealed class RestOpenApiTests : IAsyncLifetime
{
    private const string Swagger = """
        {
          "swagger": "2.0",
          "info": { "title": "PetStore", "version": "1.0.0", "description": "pets" },
          "basePath": "/base/part",
          "x-amazon-apigateway-binary-media-types": ["image/png"],
          "x-amazon-apigateway-request-validators": { "basic": { "validateRequestBody": true, "validateRequestParameters": true } },
          "x-amazon-apigateway-request-validator": "basic",
          "x-amazon-apigateway-gateway-responses": { "DEFAULT_4XX": { "responseParameters": { "gatewayresponse.header.X": "'a'" } } },
          "securityDefinitions": {
            "auth": {
              "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "oauth2",
              "x-amazon-apigateway-authorizer": {
                "type": "token", "authorizerResultTtlInSeconds": 60, "identityValidationExpression": "^x-[a-z]+",
                "authorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"
              }
            },
            "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" },
            "sigv4": { "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4" }
          },
          "paths": {
            "/": { "get": { "security": [{ "sigv4": [] }, { "api_key": [] }], "responses": { "200": { "description": "ok" } },
              "x-amazon-apigateway-integration": { "type": "mock", "requestTemplates": { "application/json": "{\"statusCode\": 200}" },
                "responses": { "default": { "statusCode": 200 } } } } },
            "/pets": {
              "get": {
                "security": [{ "auth": [] }], "produces": ["application/json"],
                "parameters": [{ "name": "page", "in": "query", "required": false, "type": "string" }],
                "responses": { "200": { "description": "200 response", "schema": { "$ref": "#/definitions/Pets" },
                  "headers": { "Access-Control-Allow-Origin": { "type": "string" } } } },
                "x-amazon-apigateway-integration": {
                  "type": "http", "httpMethod": "GET", "uri": "http://petstore.example.com/pets",
                  "requestParameters": { "integration.request.querystring.page": "method.request.querystring.page", "integration.request.header.nothing": true },
                  "responses": { "default": { "statusCode": "200", "responseParameters": { "method.response.header.Access-Control-Allow-Origin": "'*'" } },
                    "5\\d{2}": { "statusCode": "500" } }
                }
              },
              "post": {
                "operationId": "CreatePet", "consumes": ["application/json"],
                "parameters": [{ "in": "body", "name": "Pet", "required": true, "schema": { "$ref": "#/definitions/Pet" } }],
                "responses": { "200": { "description": "200 response" } },
                "x-amazon-apigateway-integration": { "type": "http", "httpMethod": "POST", "uri": "http://petstore.example.com/pets",
                  "responses": { "default": { "statusCode": "200" } } }
              }
            },
            "/pets/{petId}": { "x-amazon-apigateway-any-method": {
              "parameters": [{ "name": "petId", "in": "path", "required": true, "type": "string" }],
              "x-amazon-apigateway-integration": { "type": "mock", "passthroughBehavior": "when_no_templates" } } }
          },
          "definitions": {
            "Pets": { "type": "array", "items": { "$ref": "#/definitions/Pet" } },
            "Pet": { "type": "object", "description": "A pet", "properties": { "id": { "type": "integer" }, "house": { "$ref": "#/definitions/House" } } },
            "House": { "type": "object", "properties": { "pets": { "type": "array", "items": { "$ref": "#/definitions/Pet" } } } }
          },
          "x-amazon-apigateway-documentation": { "version": "v1", "documentationParts": [
            { "location": { "type": "API" }, "properties": { "description": "all" } },
            { "location": { "type": "METHOD", "path": "/", "method": "GET" }, "properties": { "description": "root" } } ] }
        }
        """;

    private const string OpenApi = """
        openapi: 3.0.1
        info: {title: Yaml, version: 2.0.0}
        servers:
          - url: https://api.example.com/{basePath}
            variables:
              basePath: {default: base-var}
        paths:
          /test:
            get:
              responses:
                '200':
                  description: ok
                  headers: {X-A: {schema: {type: string}}}
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Thing'}
              x-amazon-apigateway-integration:
                $ref: '#/components/x-amazon-apigateway-integrations/mock'
            post: &post
              requestBody:
                required: true
                content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST,
                uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"}
            put: *post
        components:
          schemas: {Thing: {type: object, properties: {n: {type: number}}}}
          x-amazon-apigateway-integrations:
            mock:
              type: mock
              requestTemplates:
                application/json: |
                  {"statusCode": 200}
              responses: {default: {statusCode: "200", responseParameters: {method.response.header.X-A: "'1'"}}}
        """;

    private RestServer _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_swagger_document_becomes_an_api()
    {
        var api = await ImportAsync(Swagger);
        var path = $"/restapis/{Id(api)}";
        Assert.Equal("pets", api.GetProperty("description").GetString());
        Assert.Equal("1.0.0", api.GetProperty("version").GetString());
        Assert.Equal("""["image/png"]""", api.GetProperty("binaryMediaTypes").GetRawText());
        Assert.Equal(
            "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/pets' and method 'GET' but got 'true'",
            api.GetProperty("warnings")[0].GetString());
        Assert.Equal(["/", "/pets", "/pets/{petId}"], await PathsAsync(path));
        Assert.Equal(["House", "Pet", "Pets"], (await ItemsAsync(path + "/models")).Select(model => model.GetProperty("name").GetString()));
        var pet = await _cloud.GetAsync(path + "/models/Pet");
        Assert.Equal("A pet", pet.GetProperty("description").GetString());
        Assert.Contains($"https://apigateway.amazonaws.com/restapis/{Id(api)}/models/House", pet.GetProperty("schema").GetString(), StringComparison.Ordinal);

        var authorizer = (await ItemsAsync(path + "/authorizers")).Single();
        Assert.Equal("method.request.header.Authorization", authorizer.GetProperty("identitySource").GetString());
        Assert.Equal("oauth2", authorizer.GetProperty("authType").GetString());
        Assert.Equal("TOKEN", authorizer.GetProperty("type").GetString());
        var get = await MethodAsync(path, "/pets", "GET");
        Assert.Equal("CUSTOM", get.GetProperty("authorizationType").GetString());
        Assert.Equal(authorizer.GetProperty("id").GetString(), get.GetProperty("authorizerId").GetString());
        Assert.Equal("""{"method.request.querystring.page":false}""", get.GetProperty("requestParameters").GetRawText());
        Assert.Equal("""{"application/json":"Pets"}""", get.GetProperty("methodResponses").GetProperty("200").GetProperty("responseModels").GetRawText());
        var integration = get.GetProperty("methodIntegration");
        Assert.Equal("HTTP", integration.GetProperty("type").GetString());
        Assert.Equal("INTERNET", integration.GetProperty("connectionType").GetString());
        Assert.False(integration.GetProperty("integrationResponses").GetProperty("200").TryGetProperty("selectionPattern", out _));
        Assert.Equal(@"5\d{2}", integration.GetProperty("integrationResponses").GetProperty("500").GetProperty("selectionPattern").GetString());
        var post = await MethodAsync(path, "/pets", "POST");
        Assert.Equal("CreatePet", post.GetProperty("operationName").GetString());
        Assert.Equal("""{"application/json":"Pet"}""", post.GetProperty("requestModels").GetRawText());
        Assert.Equal((await ItemsAsync(path + "/requestvalidators")).Single().GetProperty("id").GetString(), post.GetProperty("requestValidatorId").GetString());
        var root = await MethodAsync(path, "/", "GET");
        Assert.Equal("AWS_IAM", root.GetProperty("authorizationType").GetString());
        Assert.True(root.GetProperty("apiKeyRequired").GetBoolean());
        Assert.Equal("WHEN_NO_TEMPLATES", (await MethodAsync(path, "/pets/{petId}", "ANY")).GetProperty("methodIntegration").GetProperty("passthroughBehavior").GetString());
        Assert.False((await _cloud.GetAsync(path + "/gatewayresponses/DEFAULT_4XX")).GetProperty("defaultResponse").GetBoolean());
        Assert.Equal(2, (await ItemsAsync(path + "/documentation/parts")).Length);
        Assert.Equal("v1", (await ItemsAsync(path + "/documentation/versions")).Single().GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_yaml_document_in_openapi_becomes_an_api()
    {
        var path = $"/restapis/{Id(await ImportAsync(OpenApi))}";
        var get = await MethodAsync(path, "/test", "GET");
        Assert.Equal("""{"application/json":"Thing"}""", get.GetProperty("methodResponses").GetProperty("200").GetProperty("responseModels").GetRawText());
        Assert.Equal("{\"statusCode\": 200}\n", get.GetProperty("methodIntegration").GetProperty("requestTemplates").GetProperty("application/json").GetString());
        var model = (await MethodAsync(path, "/test", "POST")).GetProperty("requestModels").GetProperty("application/json").GetString();
        Assert.StartsWith("MODEL", model, StringComparison.Ordinal);
        Assert.Equal(model, (await MethodAsync(path, "/test", "PUT")).GetProperty("requestModels").GetProperty("application/json").GetString());
        Assert.Equal("AWS_PROXY", (await MethodAsync(path, "/test", "PUT")).GetProperty("methodIntegration").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(true, "ignore", "/,/pets,/pets/{petId}")]
    [InlineData(true, "prepend", "/,/base,/base/part,/base/part/pets,/base/part/pets/{petId}")]
    [InlineData(true, "split", "/,/part,/part/pets,/part/pets/{petId}")]
    [InlineData(false, "prepend", "/,/base-var,/base-var/test")]
    [InlineData(false, "split", "/,/test")]
    public async Task A_base_path_is_kept_or_not(bool swagger, string mode, string paths)
    {
        var api = await ImportAsync(swagger ? Swagger : OpenApi, "&basepath=" + mode);
        Assert.Equal(paths, string.Join(',', await PathsAsync($"/restapis/{Id(api)}")));
    }

    [Fact]
    public async Task What_is_put_is_merged_or_overwrites()
    {
        var (id, root) = await _cloud.ApiAsync();
        await _cloud.PatchAsync($"/restapis/{id}", "add /binaryMediaTypes/image~1heif");
        await _cloud.ResourceAsync(id, root, "old");
        var merged = await _cloud.PutAsync($"/restapis/{id}?mode=merge", Swagger, 200);
        Assert.Equal("""["image/heif","image/png"]""", merged.GetProperty("binaryMediaTypes").GetRawText());
        Assert.Contains("/old", await PathsAsync($"/restapis/{id}"));
        Assert.Contains("Empty", (await ItemsAsync($"/restapis/{id}/models")).Select(model => model.GetProperty("name").GetString()));
        var over = await _cloud.PutAsync($"/restapis/{id}?mode=overwrite", Swagger, 200);
        Assert.Equal("""["image/png"]""", over.GetProperty("binaryMediaTypes").GetRawText());
        Assert.Equal(root, over.GetProperty("rootResourceId").GetString());
        Assert.Equal(["/", "/pets", "/pets/{petId}"], await PathsAsync($"/restapis/{id}"));
        Assert.Equal(3, (await ItemsAsync($"/restapis/{id}/models")).Length);
    }

    [Theory]
    [InlineData("{nonsense", "400 BadRequestException: Invalid OpenAPI input.")]
    [InlineData("a: [", "400 BadRequestException: Invalid OpenAPI input.")]
    [InlineData("{}", "400 BadRequestException: Invalid OpenAPI input.")]
    [InlineData("""{"swagger":"2.0","info":{"title":"a"},"paths":{"/a":{"get":{"x-amazon-apigateway-integration":{"type":"http","httpMethod":"GET","uri":"x"}}}}}""",
        "400 BadRequestException: Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/a': Invalid HTTP endpoint specified for URI")]
    public async Task What_is_no_description_is_refused(string body, string words)
    {
        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Post, "/restapis?mode=import", body));
        Assert.Empty(await ItemsAsync("/restapis"));
    }

    [Fact]
    public async Task Warnings_may_be_errors() => Assert.StartsWith(
        "400 BadRequestException: Warnings found during import:\n\tInvalid format for 'requestParameters'.",
        await _cloud.RefusedAsync(HttpMethod.Post, "/restapis?mode=import&failonwarnings=true", Swagger), StringComparison.Ordinal);

    [Fact]
    public async Task Documentation_parts_are_imported_alone()
    {
        var (id, _) = await _cloud.ApiAsync();
        var path = $"/restapis/{id}/documentation/parts";
        Assert.Equal(2, (await _cloud.PutAsync(path + "?mode=merge", Swagger, 200)).GetProperty("ids").GetArrayLength());
        await _cloud.PutAsync(path + "?mode=overwrite", Swagger, 200);
        Assert.Equal(2, (await ItemsAsync(path)).Length);
        Assert.Equal("400 BadRequestException: Unable to build importer with provided input.", await _cloud.RefusedAsync(HttpMethod.Put, path, "nonsense: ["));
    }

    [Theory]
    [InlineData("swagger", "json")]
    [InlineData("swagger", "yaml")]
    [InlineData("oas30", "json")]
    [InlineData("oas30", "yaml")]
    public async Task What_is_exported_can_be_imported(string type, string format)
    {
        var id = Id(await ImportAsync(Swagger));
        await _cloud.DeployAsync(id, """{"stageName":"local"}""");
        await _cloud.PatchAsync($"/restapis/{id}/stages/local", "replace /documentationVersion v1");
        var text = await ExportAsync(id, type, "?extensions=apigateway", "application/" + format, $"{type}_1.0.0.{format}");
        var path = $"/restapis/{Id(await ImportAsync(text))}";
        Assert.Equal(["/", "/pets", "/pets/{petId}"], await PathsAsync(path));
        Assert.Equal(["House", "Pet", "Pets"], (await ItemsAsync(path + "/models")).Select(model => model.GetProperty("name").GetString()));
        var get = await MethodAsync(path, "/pets", "GET");
        Assert.Equal("CUSTOM", get.GetProperty("authorizationType").GetString());
        Assert.Equal("http://petstore.example.com/pets", get.GetProperty("methodIntegration").GetProperty("uri").GetString());
        Assert.Equal(2, get.GetProperty("methodIntegration").GetProperty("integrationResponses").EnumerateObject().Count());
        Assert.True((await MethodAsync(path, "/", "GET")).GetProperty("apiKeyRequired").GetBoolean());
        Assert.Equal("""{"application/json":"Pet"}""", (await MethodAsync(path, "/pets", "POST")).GetProperty("requestModels").GetRawText());
        Assert.Equal(2, (await ItemsAsync(path + "/documentation/parts")).Length);
        Assert.False((await _cloud.GetAsync(path + "/gatewayresponses/DEFAULT_4XX")).GetProperty("defaultResponse").GetBoolean());
    }

    [Fact]
    public async Task An_export_looks_as_aws_s()
    {
        var id = Id(await ImportAsync(Swagger));
        await _cloud.DeployAsync(id, """{"stageName":"local"}""");
        var document = JsonDocument.Parse(await ExportAsync(id, "swagger", "", "application/json", "swagger_1.0.0.json")).RootElement;
        Assert.Equal("/local", document.GetProperty("basePath").GetString());
        var get = document.GetProperty("paths").GetProperty("/pets").GetProperty("get");
        Assert.False(get.TryGetProperty("x-amazon-apigateway-integration", out _));
        Assert.Equal(
            """{"description":"200 response","schema":{"$ref":"#/definitions/Pets"},"headers":{"Access-Control-Allow-Origin":{"type":"string"}}}""",
            JsonSerializer.Serialize(get.GetProperty("responses").GetProperty("200")));
        var other = JsonDocument.Parse(await ExportAsync(id, "oas30", "?extensions=integrations", "application/json", "oas30_1.0.0.json")).RootElement;
        Assert.Equal("local", other.GetProperty("servers")[0].GetProperty("variables").GetProperty("basePath").GetProperty("default").GetString());
        Assert.Equal("http", other.GetProperty("paths").GetProperty("/pets").GetProperty("post").GetProperty("x-amazon-apigateway-integration").GetProperty("type").GetString());
        Assert.Equal(
            "400 BadRequestException: Haneul does not support the extension postman of GetExport yet.",
            await _cloud.RefusedAsync(HttpMethod.Get, $"/restapis/{id}/stages/local/exports/swagger?extensions=postman"));
    }

    [Theory]
    [InlineData("a: 1\nb: '1'\nc: 1.0.0\nd: ~\ne: yes\nf: 007\ng: 1.5\n", """{"a":1,"b":"1","c":"1.0.0","d":null,"e":"yes","f":"007","g":1.5}""")]
    [InlineData("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\n", """{"x":{"a":1,"b":2},"y":{"a":1,"b":3}}""")]
    public void Yaml_means_json(string yaml, string json) => Assert.Equal(json, Encoding.UTF8.GetString(YamlReader.ToJson(yaml)));

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 12; i++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Throws<FormatException>(() => YamlReader.ToJson(yaml.ToString()));
        Assert.Throws<FormatException>(() => YamlReader.ToJson("a: &a [*a]"));
        Assert.Throws<FormatException>(() => YamlReader.ToJson(new string('[', 5000)));
    }

    private static string Id(JsonElement api) => api.GetProperty("id").GetString()!;

    private Task<JsonElement> ImportAsync(string document, string parameters = "") => _cloud.PostAsync("/restapis?mode=import" + parameters, document);

    private async Task<JsonElement[]> ItemsAsync(string path) => [.. (await _cloud.GetAsync(path)).GetProperty("item").EnumerateArray()];

    private async Task<string[]> PathsAsync(string api) =>
        [.. (await ItemsAsync(api + "/resources")).Select(resource => resource.GetProperty("path").GetString()!).Order(StringComparer.Ordinal)];

    private async Task<JsonElement> MethodAsync(string api, string path, string method)
    {
        var resource = (await ItemsAsync(api + "/resources")).Single(resource => resource.GetProperty("path").GetString() == path);
        return await _cloud.GetAsync($"{api}/resources/{resource.GetProperty("id").GetString()}/methods/{method}");
    }

    private async Task<string> ExportAsync(string api, string type, string query, string accept, string fileName)
    {
        using var response = await _cloud.SendAsync(HttpMethod.Get, $"/restapis/{api}/stages/local/exports/{type}{query}", body: null, accept);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal(fileName, response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        return text;
    }
}
