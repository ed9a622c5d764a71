using Haneul.ApiGateway.Execute.OutboundHttp;
using Haneul.ApiGateway.Rest.Execute.Answers;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Sends requests to an HTTP endpoint, mapped or as they came.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html"/>
/// </summary>
internal sealed class HttpIntegration(OutboundClient client, ClientCertificates certificates) : IIntegration
{
    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, IntegrationRequest request, CancellationToken cancel)
    {
        if (Target(request) is not { } uri)
        {
            call.Log?.Error("Execution failed due to configuration error: Invalid endpoint address");
            return GatewayFault.Internal;
        }

        var headers = request.Headers.ToList();
        AddUnless(headers, "Accept", "application/json");
        AddUnless(headers, "User-Agent", "AmazonAPIGateway_" + call.ApiId);
        AddUnless(headers, "X-Amzn-Trace-Id", call.TraceId);
        headers.Add(new("x-amzn-apigateway-api-id", call.ApiId));
        if (request.Body.Length > 0)
        {
            AddUnless(headers, "Content-Type", call.Header("Content-Type") ?? "application/json");
        }

        try
        {
            var skip = call.Integration.TlsConfig?.InsecureSkipVerification == true;
            var answer = await client.SendAsync(new OutboundRequest(request.Method, uri, headers, request.Body, skip, certificates.Of(call)), cancel);
            if (answer is null)
            {
                call.Log?.Error("Execution failed due to configuration error: Response payload size exceeds the limit of 10 MB");
                return GatewayFault.Internal;
            }

            return new RestAnswer(answer.Status, answer.Headers, answer.Body);
        }
        catch (HttpRequestException exception)
        {
            call.Context["integrationErrorMessage"] = exception.Message;
            call.Log?.Error("Execution failed due to a network error communicating with endpoint: " + exception.Message);
            return GatewayFault.IntegrationFailure;
        }
    }

    // A parameter must not lead out of the path that the integration names.
    private static Uri? Target(IntegrationRequest request)
    {
        var question = request.Uri.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? request.Uri : request.Uri[..question];
        var query = question < 0 ? "" : request.Uri[(question + 1)..];
        if (request.Query.Count > 0)
        {
            query = query.Length == 0 ? request.QueryText : $"{query}&{request.QueryText}";
        }

        return !IntegrationUri.HasDotParts(path) && Uri.TryCreate(query.Length == 0 ? path : $"{path}?{query}", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? uri : null;
    }

    private static void AddUnless(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        if (!headers.Exists(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(name, value));
        }
    }
}
