using System.Buffers;
using System.Text.Json;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// The event that functions get in format 2.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
internal static class EventTwo
{
    public static ReadOnlyMemory<byte> Write(ApiCall call)
    {
        var buffer = new ArrayBufferWriter<byte>(2048 + (call.Body.Length * (call.IsText ? 1 : 2)));
        using (var json = new Utf8JsonWriter(buffer, EventJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            WriteRequest(json, call);
            if (call.Body.Length > 0)
            {
                EventJson.WriteBody(json, call);
            }

            json.WriteBoolean("isBase64Encoded", call.Body.Length > 0 && !call.IsText);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>What authorizers see too: all but the body.</summary>
    public static void WriteRequest(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteString("routeKey", call.Route.RouteKey);
        json.WriteString("rawPath", call.Path);
        json.WriteString("rawQueryString", call.RawQuery);
        var cookies = call.Headers.Where(header => header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase)).ToList();
        if (cookies.Count > 0)
        {
            EventJson.WriteTexts(json, "cookies", [.. cookies.SelectMany(
                header => header.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]);
        }

        EventJson.WriteJoined(json, "headers", call.Headers.Where(header => !header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            .Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value)));
        if (call.Query.Count > 0)
        {
            EventJson.WriteJoined(json, "queryStringParameters", call.Query);
        }

        WriteContext(json, call);
        if (call.Route.Variables.Count > 0)
        {
            EventJson.WriteJoined(json, "pathParameters", call.Route.Variables);
        }

        if (call.Stage.StageVariables is { Count: > 0 } variables)
        {
            EventJson.WriteJoined(json, "stageVariables", variables);
        }
    }

    private static void WriteContext(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject("requestContext");
        EventJson.WriteApi(json, call);
        WriteAuthorizer(json, call);
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
        json.WriteString("time", EventJson.LogTime(call.Time));
        json.WriteNumber("timeEpoch", call.Time.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void WriteAuthorizer(Utf8JsonWriter json, ApiCall call)
    {
        if (call.Caller is { } caller)
        {
            json.WriteStartObject("authorizer");
            WriteCaller(json, caller.Principal);
            json.WriteEndObject();
        }
        else if (call.Verdict is { Claims: { } claims } token)
        {
            json.WriteStartObject("authorizer");
            json.WriteStartObject("jwt");
            EventJson.WriteJoined(json, "claims", claims);
            EventJson.WriteTexts(json, "scopes", token.Scopes);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else if (call.Verdict is { } verdict)
        {
            json.WriteStartObject("authorizer");
            if (verdict.Context is { } context)
            {
                json.WriteStartObject("lambda");
                foreach (var (name, value) in context)
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }

                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("lambda");
            }

            json.WriteEndObject();
        }
    }

    private static void WriteCaller(Utf8JsonWriter json, Principal principal)
    {
        json.WriteStartObject("iam");
        json.WriteString("accessKey", principal.AccessKeyId);
        json.WriteString("accountId", principal.Account.Value);
        json.WriteString("callerId", principal.UserId);
        json.WriteNull("cognitoIdentity");
        json.WriteNull("principalOrgId");
        json.WriteString("userArn", principal.Arn);
        json.WriteString("userId", principal.UserId);
        json.WriteEndObject();
    }
}
