using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Validation;
using System.Text.Json;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestValidationTests : RestFixture
{
    private const string ListSchema = """{"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/""" + ApiId + "/models/Item\"}}";

    [Fact]
    public async Task Requests_are_checked_by_parameters_and_model()
    {
        var method = new Method
        {
            HttpMethod = "POST",
            AuthorizationType = "NONE",
            MethodIntegration = Proxy(),
            RequestValidatorId = "v",
            RequestModels = new Dictionary<string, string> { ["application/json"] = "List" },
            RequestParameters = new Dictionary<string, bool>
            {
                ["method.request.querystring.qs1"] = true, ["method.request.header.x-header-param"] = true, ["method.request.path.issuer"] = true,
                ["method.request.querystring.other"] = false,
            },
        };
        await DeployAsync(
            [At("/a/{test}", ("POST", method))],
            models:
            [
                new Model { Name = "List", SchemaValue = ListSchema },
                new Model { Name = "Item", SchemaValue = """{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}""" },
            ],
            validators: [new RequestValidator { Id = "v", ValidateRequestBody = true, ValidateRequestParameters = true }],
            responses:
            [
                new GatewayResponse
                {
                    ResponseType = "BAD_REQUEST_BODY",
                    StatusCode = "422",
                    ResponseTemplates = new Dictionary<string, string> { ["application/json"] = "$context.error.validationErrorString" },
                },
            ]);
        using var missing = await Http.PostAsync(Url("/a/b"), Text("[]"), Cancel);
        Assert.Equal(
            (400, """{"message": "Missing required request parameters: [x-header-param, issuer, qs1]"}"""),
            ((int)missing.StatusCode, await missing.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal("BadRequestException", missing.Headers.GetValues("x-amzn-ErrorType").Single());
        method.RequestParameters = new Dictionary<string, bool>();
        await DeployAsync(
            [At("/a/{test}", ("POST", method))],
            models:
            [
                new Model { Name = "List", SchemaValue = ListSchema },
                new Model { Name = "Item", SchemaValue = """{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}""" },
            ],
            validators: [new RequestValidator { Id = "v", ValidateRequestBody = true }]);
        foreach (var (body, status) in new[] { ("""[{"a":1}]""", 200), ("""[{"a":"x"}]""", 400), ("""[{}]""", 400), ("not json", 400), ("", 400) })
        {
            using var response = await Http.PostAsync(Url("/a/b"), Text(body), Cancel);
            Assert.Equal((body, status), (body, (int)response.StatusCode));
            Assert.True(status == 200 || await response.Content.ReadAsStringAsync(Cancel) == """{"message": "Invalid request body"}""");
        }

        using var other = await Http.PostAsync(Url("/a/b"), Text("no json", "text/plain"), Cancel);
        Assert.Equal(200, (int)other.StatusCode);
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", "1", null)]
    [InlineData("""{"type":["integer","null"]}""", "\"x\"", """instance type (string) does not match any allowed primitive type (allowed: ["integer","null"])""")]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", """instance value ("b") not found in enum (possible values: ["a",1])""")]
    [InlineData("""{"required":["b","a"]}""", """{"c":1}""", """object has missing required properties (["a","b"])""")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"z":2}""", """object instance has properties which are not allowed by the schema: ["z"]""")]
    [InlineData("""{"patternProperties":{"^x":{"type":"string"}}}""", """{"xa":1}""", """instance type (integer) does not match any allowed primitive type (allowed: ["string"])""")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", """string "abc" is too long (length: 3, maximum allowed: 2)""")]
    [InlineData("""{"pattern":"^a+$"}""", "\"b\"", """ECMA 262 regex "^a+$" does not match input string "b" """)]
    [InlineData("""{"minimum":5}""", "4", "numeric instance is lower than the required minimum (minimum: 5, found: 4)")]
    [InlineData("""{"minimum":5,"exclusiveMinimum":true}""", "5", "numeric instance is not strictly greater than the required minimum 5")]
    [InlineData("""{"maximum":5}""", "5.1", "numeric instance is greater than the required maximum (maximum: 5, found: 5.1)")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", null)]
    [InlineData("""{"multipleOf":2}""", "3", "remainder of division is not zero (3 / 2)")]
    [InlineData("""{"minItems":2}""", "[1]", "array is too short: must have at least 2 elements but instance has 1 elements")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "array must not contain duplicate elements")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", "[\"a\",1]", "additional items are not permitted, but instance has 1 additional items")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "3", "instance failed to match exactly one schema (matched 2 out of 2)")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "3", "instance failed to match at least one required schema among 2")]
    [InlineData("""{"not":{"type":"integer"}}""", "3", "instance matched a schema which it should not have")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"a":1}""", """property "a" of object has missing property dependencies (schema requires ["b"]; missing: ["b"])""")]
    [InlineData("""{"definitions":{"n":{"type":"null"}},"properties":{"a":{"$ref":"#/definitions/n"}}}""", """{"a":1}""", """instance type (integer) does not match any allowed primitive type (allowed: ["null"])""")]
    [InlineData("""{"format":"ipv4"}""", "\"1.2.3\"", """string "1.2.3" is invalid against requested format "ipv4" """)]
    [InlineData("""{"format":"date-time"}""", "\"2024-01-02T03:04:05Z\"", null)]
    public void A_schema_says_what_is_wrong(string schema, string value, string? error)
    {
        var schemas = new ModelSchemas([new Model { Name = "M", SchemaValue = schema }]);
        Assert.Equal(error is null ? [] : [error.TrimEnd()], schemas.Validate("M", JsonDocument.Parse(value).RootElement));
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1")]
    [InlineData("""{"items":{"$ref":"#/nowhere"}}""", "[1]")]
    [InlineData("""{"$ref":"https://apigateway.amazonaws.com/restapis/a/models/Missing"}""", "1")]
    [InlineData("""{"definitions":{"a":{"anyOf":[{"$ref":"#/definitions/b"},{"$ref":"#/definitions/b"},{"$ref":"#/definitions/b"}]},"b":{"anyOf":[{"$ref":"#/definitions/a"},{"$ref":"#/definitions/a"},{"type":"null"}]}},"$ref":"#/definitions/a"}""", "1")]
    public void A_schema_that_goes_round_or_nowhere_ends(string schema, string value)
    {
        var schemas = new ModelSchemas([new Model { Name = "M", SchemaValue = schema }]);
        Assert.Throws<SchemaException>(() => schemas.Validate("M", JsonDocument.Parse(value).RootElement));
    }
}
