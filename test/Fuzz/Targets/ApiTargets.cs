using System.Text;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Mapping;
using Haneul.ApiGateway.Rest.Execute.Integrations;
using Haneul.ApiGateway.Rest.Execute.Routing;
using Haneul.ApiGateway.Rest.Execute.Validation;
using Haneul.ApiGateway.Rest.Keys;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.ApiGateway.Velocity;
using Haneul.ApiGateway.Velocity.Paths;
using Haneul.ApiGateway.Velocity.Values;
using Haneul.Kernel.Errors;

namespace Haneul.Fuzz.Targets;

/// <summary>The languages of API Gateway.</summary>
internal static class ApiTargets
{
    private const string Body = """{"a":[{"b":1,"c":"x"},{"b":2.5}],"d":{"e":null,"f":[true,[1,2]]}}""";

    private static readonly Dictionary<string, string> s_parameters = new() { ["id"] = "7" };

    private static readonly Dictionary<string, Method> s_methods = new() { ["ANY"] = new Method { HttpMethod = "ANY" } };

    private static readonly System.Text.Json.JsonElement s_value = System.Text.Json.JsonDocument.Parse(Body).RootElement;

    private static readonly object? s_document = JsonText.Parse(Body);

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("velocity",
            [
                "#set($x = $input.path('$.a'))#foreach($i in $x)$i.b#if($foreach.hasNext),#end#end",
                "#macro(m $a)[$a]#end#m(\"x $context.y\") #define($d)$!d#end#evaluate('#set($q=1)')",
                "#if($a == 1 && !($b.c(\"d\", [1..3]) > -2.5e1))\\$x \\\\#else #[[raw]]# ## c\n#* d *##end",
                "#set($m = {\"k\": [1, {\"z\": 'y'}]})$m.k[1].z.replaceAll('y', '$0').split(',') ${m} $!{m.none} #break#stop",
            ],
            ["#set(", "#foreach(", "#end", "#if(", "#else", "#elseif(", "$", "${", "$!{", "}", ")", "[", "..", "\\", "\"", "'", "#[[", "]]#", "##", "#*", "*#", "#m(", "$input.params()", ".add(", ".put(", "$util.parseJson("],
            text => MappingTemplate.Render(text, new TemplateInput(Body, s_parameters, s_parameters, s_parameters), MappingTemplate.Context(), null),
            typeof(VelocityException)),
        FuzzTarget.OfText("json-path",
            ["$.a[?(@.b > 1 && @.c =~ /x.*/i)].c", "$..f[-1:]", "$['a','d'][*].length()", "$.a[0,1].b.max()", "$.d[?(@ in [1,'x'] || !@.e)]"],
            ["$", "@", "..", "[?(", ")]", "[", "]", "*", ":", ",", "'", "=~", "/", "&&", "||", "!", "contains", "size", "length()", "999999999999999999999"],
            text => JsonPath.Parse(text).Evaluate(s_document), typeof(VelocityException)),
        FuzzTarget.OfText("json-schema",
            [
                """{"type":"object","required":["a"],"properties":{"a":{"items":{"$ref":"#/definitions/n"}}},"definitions":{"n":{"oneOf":[{"type":"null"},{"minProperties":1}]}}}""",
                """{"patternProperties":{"^[a-z]$":{"not":{"enum":[1,"x"]}}},"additionalProperties":false,"dependencies":{"a":["d"]}}""",
                """{"allOf":[{"$ref":"#"},{"anyOf":[{"multipleOf":0.1},{"format":"date-time","pattern":"(a+)+$"}]}],"uniqueItems":true}""",
            ],
            ["\"$ref\":\"#\"", "\"items\":", "[]", "{}", "\"type\":", "null", "1e999", "-0", "\"pattern\":\"(?=a)\"", "\"https://apigateway.amazonaws.com/restapis/a/models/M\""],
            text => new ModelSchemas([new Model { Name = "M", SchemaValue = text }]).Validate("M", s_value), typeof(SchemaException)),
        FuzzTarget.OfText("rest-paths",
            ["/a/{id}/{rest+}", "/a/b%2Fc/../d", "arn:aws:apigateway:us-east-1:s3:path/bucket/{key}?x=1", "arn:aws:apigateway:us-east-1:dynamodb:action/Scan&a=b"],
            ["/", "//", "{", "}", "+}", "%", "%2e", "..", "?", "#", ":", "arn:", "action/", "path/"],
            text =>
            {
                var tree = new ResourceTree([new Resource { Path = text, ResourceMethods = s_methods }, new Resource { Path = "/{proxy+}", ResourceMethods = s_methods }]);
                _ = tree.Match("GET", text);
                _ = ServiceUri.Parse(text);
                var uri = IntegrationUri.Fill("http://h/{a}", _ => text);
                if (!IntegrationUri.HasDotParts(uri) && Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && (parsed.Host != "h" || parsed.Query.Length > 0))
                {
                    throw new InvalidOperationException("A parameter left its place: " + uri);
                }
            }),
        FuzzTarget.OfText("proxy-answer",
            ["""{"statusCode":"200","headers":{"a":1},"multiValueHeaders":{"b":["c",null]},"body":"AP8B","isBase64Encoded":true}"""],
            ["statusCode", "body", "null", "{", "[", "\"\\ud800\"", "1e400"],
            text => ProxyAnswer.Parse(Encoding.UTF8.GetBytes(text), acceptsBinary: true)),
        FuzzTarget.OfText("openapi",
            [
                """
                {"swagger":"2.0","info":{"title":"a","version":"1"},"basePath":"/b","paths":{"/p/{id}":{"get":{"parameters":[{"name":"id","in":"path",
                "required":true}],"security":[{"k":["s"]}],"responses":{"200":{"schema":{"$ref":"#/definitions/M"},"headers":{"H":{}} } },
                "x-amazon-apigateway-integration":{"type":"mock","responses":{"default":{"statusCode":"200"} } } } } },"definitions":{"M":{"type":"object"} } }
                """,
                """
                openapi: 3.0.1
                info: {title: a, version: 1.0.0}
                paths:
                  /a: &a
                    post:
                      requestBody: {content: {application/json: {schema: {type: object}}}}
                      responses: {'200': {description: x}}
                      x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "http://x"}
                  /b: {<<: *a}
                x-amazon-apigateway-documentation: {version: "1", documentationParts: [{location: {type: API}, properties: {a: 1}}]}
                """,
            ],
            ["{", "}", "[", "]", ":", ",", "\"", "'", "&a", "*a", "<<: *a", "- ", "|\n", ">\n", "? ", "!!str ", "$ref", "#/definitions/M", "#/", "null", "1e9", "\n  ", "%YAML 1.2\n---\n", "x-amazon-apigateway-policy", "x-amazon-apigateway-gateway-responses", "x-amazon-apigateway-request-validators", "x-amazon-apigateway-any-method", "parameters", "components"],
            static text => OpenApiImport.Read(Encoding.UTF8.GetBytes(text), parameters: null, "api"), typeof(ServiceException)),
        FuzzTarget.OfText("api-key-file",
            ["Name,key,description,Enabled,usageplanIds\na,01234567890123456789,\"x, \"\"y\"\"\",true,\"p,q\"\n"],
            [",", "\"", "\"\"", "\n", "\r\n", "name", "key", "\uFEFF"],
            static text => KeyFile.Read(Encoding.UTF8.GetBytes(text)), typeof(ServiceException)),
    ];
}
