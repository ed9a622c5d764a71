using System.Text;
using Haneul.ApiGateway.Execute.OutboundHttp;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Rest.Execute.Integrations;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// Sends the request on to an HTTP endpoint and its answer back.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html"/>
/// </summary>
internal sealed class HttpProxyIntegration(OutboundClient client)
{
    // What is the connection's, or is written anew.
    private static readonly string[] s_own =
    [
        "host", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect", "content-length",
        "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto", "forwarded", "via",
    ];

    public async Task<IntegrationAnswer> CallAsync(ApiCall call, ApiIntegration integration, string? mappedPath, CancellationToken cancel)
    {
        if (Target(call, integration, mappedPath) is not { } uri)
        {
            return new IntegrationAnswer { BadRequest = true, Error = "The path leaves the integration's URI." };
        }

        var method = integration.IntegrationMethod is null or "ANY" ? call.Method : integration.IntegrationMethod;
        var headers = call.Headers.Where(header => !s_own.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        headers.Add(new("Forwarded", $"by={call.Host};for={call.SourceIp};host={call.Host};proto={(call.Endpoint.StartsWith("https", StringComparison.Ordinal) ? "https" : "http")}"));
        try
        {
            var answer = await client.SendAsync(new OutboundRequest(method, uri, headers, call.Body), cancel);
            return answer is null
                ? IntegrationAnswer.Failed("The endpoint's answer is too long.")
                : IntegrationAnswer.Of(new FunctionAnswer(answer.Status, answer.Headers, answer.Body), answer.Status);
        }
        catch (HttpRequestException exception)
        {
            return IntegrationAnswer.Failed(exception.Message, unavailable: true);
        }
    }

    private static Uri? Target(ApiCall call, ApiIntegration integration, string? mappedPath)
    {
        var text = FunctionUri.Resolve(integration.IntegrationUri!, call.Stage.StageVariables);
        foreach (var (name, value) in call.Route.Variables)
        {
            if (IntegrationUri.HasDotParts(value))
            {
                return null;
            }

            text = text.Replace($"{{{name}}}", Escape(value), StringComparison.Ordinal);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        if (mappedPath is not null)
        {
            if (IntegrationUri.HasDotParts(mappedPath))
            {
                return null;
            }

            uri = new UriBuilder(uri) { Path = Escape("/" + mappedPath.TrimStart('/')) }.Uri;
        }

        var query = call.RawQuery;
        return query.Length == 0 ? uri : new UriBuilder(uri) { Query = uri.Query.Length > 1 ? $"{uri.Query[1..]}&{query}" : query }.Uri;
    }

    private static string Escape(string path)
    {
        var text = new StringBuilder();
        foreach (var part in path.Split('/'))
        {
            text.Append(text.Length == 0 && part.Length == 0 ? "" : Uri.EscapeDataString(part)).Append('/');
        }

        return text.ToString(0, text.Length - 1);
    }
}
