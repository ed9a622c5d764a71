using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute;

/// <summary>
/// The events that functions get, in both payload formats.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
internal static class EventWriter
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(ApiCall call, string format)
    {
        var buffer = new ArrayBufferWriter<byte>(2048 + (call.Body.Length * (call.IsText ? 1 : 2)));
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            if (format == "1.0")
            {
                WriteOne(json, call);
            }
            else
            {
                WriteTwo(json, call);
            }
        }

        return buffer.WrittenMemory;
    }

    private static void WriteTwo(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", call.Route.RouteKey);
        json.WriteString("rawPath", call.Path);
        json.WriteString("rawQueryString", call.RawQuery);
        var cookies = call.Headers.Where(header => header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase)).ToList();
        if (cookies.Count > 0)
        {
            json.WriteStartArray("cookies");
            foreach (var cookie in cookies.SelectMany(header => header.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            {
                json.WriteStringValue(cookie);
            }

            json.WriteEndArray();
        }

        var headers = call.Headers.Where(header => !header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            .Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value));
        WriteJoined(json, "headers", headers);
        if (call.Query.Count > 0)
        {
            WriteJoined(json, "queryStringParameters", call.Query);
        }

        json.WriteStartObject("requestContext");
        WriteApi(json, call);
        json.WriteStartObject("http");
        json.WriteString("method", call.Method);
        json.WriteString("path", call.Path);
        json.WriteString("protocol", call.Protocol);
        json.WriteString("sourceIp", call.SourceIp);
        json.WriteString("userAgent", call.UserAgent);
        json.WriteEndObject();
        json.WriteString("requestId", call.RequestId);
        json.WriteString("routeKey", call.Route.RouteKey);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteString("time", LogTime(call.Time));
        json.WriteNumber("timeEpoch", call.Time.ToUnixTimeMilliseconds());
        json.WriteEndObject();
        if (call.Route.Variables.Count > 0)
        {
            WriteJoined(json, "pathParameters", call.Route.Variables);
        }

        if (call.Stage.StageVariables is { Count: > 0 } variables)
        {
            WriteJoined(json, "stageVariables", variables);
        }

        if (call.Body.Length > 0)
        {
            WriteBody(json, call);
        }

        json.WriteBoolean("isBase64Encoded", call.Body.Length > 0 && !call.IsText);
        json.WriteEndObject();
    }

    private static void WriteOne(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        var resource = call.Route.RouteKey.Contains(' ', StringComparison.Ordinal) ? call.Route.RouteKey.Split(' ')[1] : call.Route.RouteKey;
        json.WriteString("resource", resource);
        json.WriteString("path", call.Path);
        json.WriteString("httpMethod", call.Method);
        WriteLast(json, "headers", call.Headers);
        WriteLists(json, "multiValueHeaders", call.Headers);
        WriteLastOrNull(json, "queryStringParameters", call.Query);
        WriteListsOrNull(json, "multiValueQueryStringParameters", call.Query);
        json.WriteStartObject("requestContext");
        WriteApi(json, call);
        json.WriteString("extendedRequestId", call.RequestId);
        json.WriteString("httpMethod", call.Method);
        json.WriteStartObject("identity");
        foreach (var name in (ReadOnlySpan<string>)
            ["accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType", "cognitoIdentityId",
                "cognitoIdentityPoolId", "principalOrgId"])
        {
            json.WriteNull(name);
        }

        json.WriteString("sourceIp", call.SourceIp);
        json.WriteNull("user");
        json.WriteString("userAgent", call.UserAgent);
        json.WriteNull("userArn");
        json.WriteEndObject();
        json.WriteString("path", call.Path);
        json.WriteString("protocol", call.Protocol);
        json.WriteString("requestId", call.RequestId);
        json.WriteString("requestTime", LogTime(call.Time));
        json.WriteNumber("requestTimeEpoch", call.Time.ToUnixTimeMilliseconds());
        json.WriteString("resourceId", call.Route.RouteKey);
        json.WriteString("resourcePath", resource);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteEndObject();
        WriteLastOrNull(json, "pathParameters", call.Route.Variables);
        WriteLastOrNull(json, "stageVariables", [.. call.Stage.StageVariables ?? new Dictionary<string, string>()]);
        if (call.Body.Length > 0)
        {
            WriteBody(json, call);
        }
        else
        {
            json.WriteNull("body");
        }

        json.WriteBoolean("isBase64Encoded", call.Body.Length > 0 && !call.IsText);
        json.WriteEndObject();
    }

    private static void WriteApi(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteString("accountId", call.Api.Account);
        json.WriteString("apiId", call.Api.Api.ApiId);
        json.WriteString("domainName", call.Host);
        json.WriteString("domainPrefix", call.Host.Split('.')[0]);
    }

    private static void WriteBody(Utf8JsonWriter json, ApiCall call)
    {
        if (call.IsText)
        {
            json.WriteString("body", call.Body.Span);
        }
        else
        {
            json.WriteBase64String("body", call.Body.Span);
        }
    }

    // Several values of one name are joined by commas.
    private static void WriteJoined(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value))
        {
            json.WriteString(group.Key, string.Join(',', group));
        }

        json.WriteEndObject();
    }

    private static void WriteLast(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase))
        {
            json.WriteString(group.Key, group.Last());
        }

        json.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase))
        {
            json.WriteStartArray(group.Key);
            foreach (var value in group)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLastOrNull(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            WriteLast(json, name, pairs);
        }
    }

    private static void WriteListsOrNull(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            WriteLists(json, name, pairs);
        }
    }

    // The form of web servers' logs.
    private static string LogTime(DateTimeOffset time) => time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
}
