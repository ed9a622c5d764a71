using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Haneul.Lambda.Urls;

/// <summary>A request as an event of format 2.0. <see href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html"/></summary>
internal static class UrlEvent
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(HttpContext http, string requestId, UrlRecord url, string target, byte[] body, DateTimeOffset now)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var query = question < 0 ? "" : target[(question + 1)..];
        var request = http.Request;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", "$default");
            json.WriteString("rawPath", path);
            json.WriteString("rawQueryString", query);
            WriteCookies(json, request);
            WriteHeaders(json, http);
            WriteQuery(json, query);
            json.WriteStartObject("requestContext");
            json.WriteString("accountId", "anonymous");
            json.WriteString("apiId", url.Id);
            json.WriteString("domainName", request.Host.Host);
            json.WriteString("domainPrefix", url.Id);
            json.WriteStartObject("http");
            json.WriteString("method", request.Method);
            json.WriteString("path", path);
            json.WriteString("protocol", request.Protocol);
            json.WriteString("sourceIp", http.Connection.RemoteIpAddress?.ToString());
            json.WriteString("userAgent", request.Headers.UserAgent.ToString());
            json.WriteEndObject();
            json.WriteString("requestId", requestId);
            json.WriteString("routeKey", "$default");
            json.WriteString("stage", "$default");
            json.WriteString("time", now.UtcDateTime.ToString("dd'/'MMM'/'yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
            json.WriteNumber("timeEpoch", now.ToUnixTimeMilliseconds());
            json.WriteEndObject();
            WriteBody(json, request, body);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteCookies(Utf8JsonWriter json, HttpRequest request)
    {
        var cookies = request.Headers.Cookie.ToString();
        if (cookies.Length > 0)
        {
            json.WriteStartArray("cookies");
            foreach (var cookie in cookies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                json.WriteStringValue(cookie);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteHeaders(Utf8JsonWriter json, HttpContext http)
    {
        json.WriteStartObject("headers");
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!name.Equals("cookie", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase))
            {
                json.WriteString(name.ToLowerInvariant(), string.Join(',', values.ToArray()));
            }
        }

        json.WriteString("x-forwarded-for", http.Connection.RemoteIpAddress?.ToString());
        json.WriteString("x-forwarded-port", http.Connection.LocalPort.ToString(CultureInfo.InvariantCulture));
        json.WriteString("x-forwarded-proto", http.Request.Scheme);
        json.WriteEndObject();
    }

    // Of a name that comes several times, the values are joined.
    private static void WriteQuery(Utf8JsonWriter json, string query)
    {
        if (query.Length == 0)
        {
            return;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]);
            values[name] = values.TryGetValue(name, out var others) ? others + "," + value : value;
        }

        json.WriteStartObject("queryStringParameters");
        foreach (var (name, value) in values)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, HttpRequest request, byte[] body)
    {
        var text = IsText(request.ContentType) && System.Text.Unicode.Utf8.IsValid(body);
        if (body.Length > 0)
        {
            json.WriteString("body", text ? Encoding.UTF8.GetString(body) : Convert.ToBase64String(body));
        }

        json.WriteBoolean("isBase64Encoded", body.Length > 0 && !text);
    }

    private static bool IsText(string? type)
    {
        var media = (type ?? "text/plain").Split(';')[0].Trim();
        return media.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || media is "application/json" or "application/xml" or "application/javascript"
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }
}
