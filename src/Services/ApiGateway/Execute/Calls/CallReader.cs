using System.Globalization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Reads a request into the form that routes, authorizers and integrations work with.</summary>
internal static class CallReader
{
    /// <param name="exchange">The request, with its stage and route.</param>
    /// <param name="address">What it was sent to.</param>
    /// <param name="path">Inside of the stage; percent-encoded.</param>
    /// <param name="rawQuery">As it was sent.</param>
    public static ApiCall Read(HttpExchange exchange, ApiAddress address, string path, string rawQuery)
    {
        var http = exchange.Http;
        var stage = exchange.Stage!;
        var decoded = Uri.UnescapeDataString(path);
        var sourceIp = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in http.Request.Headers)
        {
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value ?? "")));
        }

        headers.Add(new("X-Forwarded-For", sourceIp));
        headers.Add(new("X-Forwarded-Port", http.Connection.LocalPort.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new("X-Forwarded-Proto", http.Request.Scheme));
        return new ApiCall
        {
            Api = exchange.Api,
            Stage = stage,
            Route = exchange.Route!,
            Method = http.Request.Method,
            Path = address.Domain is not null ? Uri.UnescapeDataString(address.BasePath) + decoded
                : stage.StageName == "$default" ? decoded : $"/{stage.StageName}{decoded}",
            InnerPath = decoded,
            RawQuery = rawQuery,
            Query = QueryText.Parse(rawQuery),
            Headers = headers,
            Body = default,
            IsText = true,
            Host = http.Request.Host.Host,
            Endpoint = $"{http.Request.Scheme}://{http.Request.Host.Value}",
            Protocol = http.Request.Protocol,
            SourceIp = sourceIp,
            UserAgent = http.Request.Headers.UserAgent.ToString(),
            RequestId = exchange.RequestId,
            Time = exchange.Time,
        };
    }

    public static ApiCall WithBody(ApiCall call, HttpRequest request, ReadOnlyMemory<byte> body) =>
        call with { Body = body, IsText = IsText(request.ContentType, body) };

    // What is named as text and is text; everything else travels in base64.
    private static bool IsText(string? contentType, ReadOnlyMemory<byte> body)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return (type.Length == 0 || type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal)
                || type.EndsWith("xml", StringComparison.Ordinal) || type is "application/javascript")
            && Utf8.IsValid(body.Span);
    }
}
