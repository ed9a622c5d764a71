using Haneul.ApiGateway;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Routes;
using Haneul.Kernel.Identity;
using Haneul.Logs.Events;
using Haneul.Logs.Filters;

namespace Haneul.Fuzz.Targets;

/// <summary>Names, patterns and answers of the other services.</summary>
internal static class TextTargets
{
    private const string Message = """127.0.0.1 - - [10/Oct/2000] "GET /a" 404 {"a":{"b":[1,"x"]},"n":-1.5}""";

    private const string Json = """{"a":{"b":[1,"x"]},"n":-1.5}""";

    private static readonly FilterPattern[] s_patterns =
        [.. ((string[])["ERROR -a ?b %[0-9]+%", "{ ($.a.b[1] = \"x*\" || $.n > 1) && $.c NOT EXISTS }", "[a, b=x*, ..., c>1]"]).Select(FilterPattern.Parse)];

    private static readonly RouteTable s_routes = new(new DeploymentRecord(
        new Deployment(),
        [
            .. ((string[])["$default", "ANY /{proxy+}", "GET /items/{id}", "POST /items/{id}/{rest+}"])
                .Select((key, i) => new Route { RouteId = $"r{i}", RouteKey = key }),
        ],
        []));

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("filter-pattern",
            [
                "ERROR -\"not this\" ?or ?that %[0-9]+%", "{ ($.a.b[0] = 1 && $.n != \"x*\") || $.a NOT EXISTS }", "{ $.n IS NULL }", "[ip, user=\"-\", ..., status=4*, bytes>=100 || bytes=-]",
            ],
            ["{", "}", "[", "]", "(", ")", "...", "$.", "*", "%", "\"", "\\", "&&", "||", "!=", "IS NULL", "NOT EXISTS", ",", "?", "-"],
            Filter, typeof(FormatException)),
        FuzzTarget.OfText("filter-message", [Message, Json], ["\\ud800", "1e999", "null", "[", "{", "\"a\":", "\""], text => Array.ForEach(s_patterns, pattern => pattern.Matches(text))),
        FuzzTarget.OfText("arn", ["arn:aws:iam::123456789012:role/a/b", "arn:aws:s3:::b/k:v"], [":", "::", "arn:", "*", "/"], text =>
        {
            if (Arn.TryParse(text, out var arn) && arn.ToString() != text)
            {
                throw new InvalidOperationException("An ARN is written as it was read.");
            }
        }),
        FuzzTarget.OfText("route-key", ["GET /items/{id}", "$default", "ANY /{proxy+}", "POST /a/{b}/c/{d+}"], ["{", "}", "+}", "/", " ", "$default", "ANY ", "{}", "{+}"],
            text => RouteKey.TryParse(text, out _)),
        FuzzTarget.OfText("route", ["/items/1", "/items/%C3%A9/a/b", "/x/"], ["/", "//", "%", "%2F", "%ff", "..", "?"],
            text => s_routes.Match("GET", "/" + text.TrimStart('/'))),
        FuzzTarget.OfText("function-uri", ["arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations", "arn:aws:lambda:us-east-1:000000000000:function:f"],
            [":", "/", "/invocations", "functions/"], text => FunctionUri.Parse(text)),
        FuzzTarget.OfText("api-address", ["abcdefghij.execute-api.us-east-1.localhost/stage/a", "127.0.0.1:4566/_haneul/execute-api/abc/$default/x"], ["/", ".", ":", "execute-api"], text =>
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            ApiAddress.Parse(slash < 0 ? text : text[..slash], slash < 0 ? "/" : text[slash..]);
        }),
        new FuzzTarget("function-answer", FuzzTarget.Bytes(
            [
                """{"statusCode":200,"headers":{"a":"b","c":1},"multiValueHeaders":{"d":["e",2]},"cookies":["f=g"],"body":"eA==","isBase64Encoded":true}""", "\"text\"", """{"a":1}""",
            ]),
            FuzzTarget.Bytes(["\\ud800", "null", "\"statusCode\":", "1e99", "\"200\"", "%%%", "\\u000a", "[]", "{}"]),
            input =>
            {
                FunctionAnswer.Parse(input, "2.0");
                FunctionAnswer.Parse(input, "1.0");
            }),
        FuzzTarget.OfText("log-tokens", ["f/00000017000000000000000000000000000001/s", "MTcwMDAwMDAwMDAwMC8xL3N0cmVhbQ=="], ["/", "-", "9223372036854775808", "f", "b"], text =>
        {
            EventPosition.TryParse(text, out _);
            SearchPosition.TryParse(text);
        }),
    ];

    private static void Filter(string text)
    {
        var pattern = FilterPattern.Parse(text);
        pattern.Matches(Message);
        pattern.Matches(Json);
    }
}
