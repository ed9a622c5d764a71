using System.Buffers;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// The event that functions of HTTP APIs get in format 1.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
internal static class EventOne
{
    private static readonly string[] s_identity =
        ["cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId"];

    public static ReadOnlyMemory<byte> Write(ApiCall call)
    {
        var buffer = new ArrayBufferWriter<byte>(2048 + (call.Body.Length * (call.IsText ? 1 : 2)));
        using (var json = new Utf8JsonWriter(buffer, EventJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            WriteRequest(json, call);
            if (call.Body.Length > 0)
            {
                EventJson.WriteBody(json, call);
            }
            else
            {
                json.WriteNull("body");
            }

            json.WriteBoolean("isBase64Encoded", call.Body.Length > 0 && !call.IsText);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>What authorizers see too: all but the body.</summary>
    public static void WriteRequest(Utf8JsonWriter json, ApiCall call)
    {
        var resource = call.Route.RouteKey.Contains(' ', StringComparison.Ordinal) ? call.Route.RouteKey.Split(' ')[1] : call.Route.RouteKey;
        json.WriteString("resource", resource);
        json.WriteString("path", call.Path);
        json.WriteString("httpMethod", call.Method);
        EventJson.WriteLast(json, "headers", call.Headers, nullForNone: false);
        EventJson.WriteLists(json, "multiValueHeaders", call.Headers, nullForNone: false);
        EventJson.WriteLast(json, "queryStringParameters", call.Query, nullForNone: true);
        EventJson.WriteLists(json, "multiValueQueryStringParameters", call.Query, nullForNone: true);
        WriteContext(json, call, resource);
        EventJson.WriteLast(json, "pathParameters", call.Route.Variables, nullForNone: true);
        EventJson.WriteLast(json, "stageVariables", [.. call.Stage.StageVariables ?? new Dictionary<string, string>()], nullForNone: true);
    }

    private static void WriteContext(Utf8JsonWriter json, ApiCall call, string resource)
    {
        json.WriteStartObject("requestContext");
        EventJson.WriteApi(json, call);
        WriteAuthorizer(json, call);
        json.WriteString("extendedRequestId", call.RequestId);
        json.WriteString("httpMethod", call.Method);
        json.WriteStartObject("identity");
        var principal = call.Caller?.Principal;
        json.WriteString("accessKey", principal?.AccessKeyId);
        json.WriteString("accountId", principal?.Account.Value);
        json.WriteString("caller", principal?.UserId);
        foreach (var name in s_identity)
        {
            json.WriteNull(name);
        }

        json.WriteString("sourceIp", call.SourceIp);
        json.WriteString("user", principal?.UserId);
        json.WriteString("userAgent", call.UserAgent);
        json.WriteString("userArn", principal?.Arn);
        json.WriteEndObject();
        json.WriteString("path", call.Path);
        json.WriteString("protocol", call.Protocol);
        json.WriteString("requestId", call.RequestId);
        json.WriteString("requestTime", EventJson.LogTime(call.Time));
        json.WriteNumber("requestTimeEpoch", call.Time.ToUnixTimeMilliseconds());
        json.WriteString("resourceId", call.Route.RouteKey);
        json.WriteString("resourcePath", resource);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteEndObject();
    }

    private static void WriteAuthorizer(Utf8JsonWriter json, ApiCall call)
    {
        if (call.Verdict is not { } verdict)
        {
            return;
        }

        json.WriteStartObject("authorizer");
        if (verdict.Claims is { } claims)
        {
            EventJson.WriteJoined(json, "claims", claims);
            EventJson.WriteTexts(json, "scopes", verdict.Scopes);
        }
        else
        {
            foreach (var (name, value) in verdict.Context ?? [])
            {
                if (name is not ("principalId" or "integrationLatency"))
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            }

            json.WriteString("principalId", verdict.PrincipalId);
            json.WriteNumber("integrationLatency", (long)(verdict.Latency ?? TimeSpan.Zero).TotalMilliseconds);
        }

        json.WriteEndObject();
    }
}
