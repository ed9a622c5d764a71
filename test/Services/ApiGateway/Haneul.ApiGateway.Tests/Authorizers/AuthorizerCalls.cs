using Haneul.ApiGateway.Execute.Authorizers;

namespace Haneul.ApiGateway.Tests.Authorizers;

/// <summary>Requests as authorizers see them.</summary>
internal static class AuthorizerCalls
{
    public const string Prefix = "arn:aws:execute-api:us-east-1:000000000000:api/prod/";

    public static AuthorizerCall Of(string methodAndPath, params (string Name, string Value)[] headers) => new()
    {
        ApiId = "api",
        Account = "000000000000",
        Region = "us-east-1",
        Stage = "prod",
        MethodArn = Prefix + methodAndPath,
        RequestId = "r",
        Time = DateTimeOffset.UnixEpoch,
        Headers = [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        Query = [KeyValuePair.Create("q", "1")],
        StageVariables = new Dictionary<string, string> { ["v"] = "two" },
        Context = name => name == "routeKey" ? methodAndPath : null,
        WriteRequest = json => json.WriteString("path", "/x"),
        SourceIp = System.Net.IPAddress.Parse("10.1.2.3"),
    };
}
