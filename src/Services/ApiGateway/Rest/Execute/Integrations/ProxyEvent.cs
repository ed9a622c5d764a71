using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// The event that a function gets from a REST API: its input format for proxies, which has no version.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format"/>
/// </summary>
internal static class ProxyEvent
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_identity =
    [
        "accessKey", "accountId", "caller", "cognitoAuthenticationProvider", "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId",
        "principalOrgId", "sourceIp", "user", "userAgent", "userArn",
    ];

    /// <param name="call">The request.</param>
    /// <param name="isBinary">The body's type is one of the API's binary ones: it travels in base64.</param>
    public static ReadOnlyMemory<byte> Write(RestCall call, bool isBinary)
    {
        var buffer = new ArrayBufferWriter<byte>(2048 + (call.Body.Length * (isBinary ? 2 : 1)));
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("resource", call.Resource.Path);
            json.WriteString("path", call.Path);
            json.WriteString("httpMethod", call.HttpMethod);
            WriteRequest(json, call);
            json.WriteStartObject("requestContext");
            WriteContext(json, call);
            json.WriteEndObject();
            WriteBody(json, call, isBinary);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Headers, query, path and stage: what functions and authorizers get alike.</summary>
    public static void WriteRequest(Utf8JsonWriter json, RestCall call)
    {
        WriteLast(json, "headers", call.Headers, StringComparer.OrdinalIgnoreCase);
        WriteLists(json, "multiValueHeaders", call.Headers, StringComparer.OrdinalIgnoreCase);
        WriteLast(json, "queryStringParameters", call.Query, StringComparer.Ordinal);
        WriteLists(json, "multiValueQueryStringParameters", call.Query, StringComparer.Ordinal);
        WriteLast(json, "pathParameters", call.PathParameters, StringComparer.Ordinal);
        WriteLast(json, "stageVariables", [.. call.StageVariables], StringComparer.Ordinal);
    }

    public static void WriteContext(Utf8JsonWriter json, RestCall call)
    {
        json.WriteString("resourceId", call.Resource.Id);
        if (call.AuthorizerJson is { } authorizer)
        {
            json.WritePropertyName("authorizer");
            json.WriteRawValue(authorizer);
        }

        json.WriteString("resourcePath", call.Resource.Path);
        if (call.Method.OperationName is { } operation)
        {
            json.WriteString("operationName", operation);
        }

        json.WriteString("httpMethod", call.HttpMethod);
        json.WriteString("extendedRequestId", call.ExtendedRequestId);
        json.WriteString("requestTime", call.Context["requestTime"]);
        json.WriteString("path", call.RequestPath);
        json.WriteString("accountId", call.Account);
        json.WriteString("protocol", call.Protocol);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteString("domainPrefix", call.Context["domainPrefix"]);
        json.WriteNumber("requestTimeEpoch", call.Time.ToUnixTimeMilliseconds());
        json.WriteString("requestId", call.RequestId);
        json.WriteStartObject("identity");
        foreach (var name in s_identity)
        {
            WriteOrNull(json, name, call.Context["identity." + name]);
        }

        if (call.ApiKeyId is not null)
        {
            WriteOrNull(json, "apiKey", call.Context["identity.apiKey"]);
            WriteOrNull(json, "apiKeyId", call.Context["identity.apiKeyId"]);
        }

        json.WriteEndObject();
        json.WriteString("domainName", call.Host);
        json.WriteString("deploymentId", call.DeploymentId);
        json.WriteString("apiId", call.ApiId);
        if (call.Context["isCanaryRequest"] is { } canary)
        {
            json.WriteBoolean("isCanaryRequest", canary == "true");
        }
    }

    private static void WriteBody(Utf8JsonWriter json, RestCall call, bool isBinary)
    {
        if (call.Body.Length == 0)
        {
            json.WriteNull("body");
        }
        else if (isBinary)
        {
            json.WriteBase64String("body", call.Body.Span);
        }
        else
        {
            json.WriteString("body", System.Text.Encoding.UTF8.GetString(call.Body.Span));
        }

        json.WriteBoolean("isBase64Encoded", isBinary && call.Body.Length > 0);
    }

    private static void WriteLast(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs, StringComparer comparer)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value, comparer))
        {
            json.WriteString(group.Key, group.Last());
        }

        json.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs, StringComparer comparer)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value, comparer))
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

    private static void WriteOrNull(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }
}
