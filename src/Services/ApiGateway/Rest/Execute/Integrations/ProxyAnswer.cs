using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// What a function's answer to a REST API means as HTTP. Unlike HTTP APIs, REST APIs take no other member than the five of the format, and no body
/// but text. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format"/>
/// </summary>
internal static class ProxyAnswer
{
    /// <param name="payload">What the function returned.</param>
    /// <param name="acceptsBinary">The client accepts a binary type of the API: base64 becomes bytes.</param>
    /// <returns>Null if the answer has not the form.</returns>
    public static RestAnswer? Parse(ReadOnlyMemory<byte> payload, bool acceptsBinary)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, acceptsBinary) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static RestAnswer? Read(JsonElement root, bool acceptsBinary)
    {
        var status = 200;
        var isBase64 = false;
        JsonElement single = default, multi = default, body = default;
        var members = 0;
        foreach (var member in root.EnumerateObject())
        {
            members++;
            switch (member.Name)
            {
                case "statusCode" when TryStatus(member.Value, out status):
                    break;
                case "headers" when member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null:
                    single = member.Value;
                    break;
                case "multiValueHeaders" when IsLists(member.Value):
                    multi = member.Value;
                    break;
                case "body" when member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null:
                    body = member.Value;
                    break;
                case "isBase64Encoded" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                    isBase64 = member.Value.ValueKind == JsonValueKind.True;
                    break;
                default:
                    return null;
            }
        }

        if (members == 0)
        {
            return null;
        }

        var bytes = body.ValueKind != JsonValueKind.String ? []
            : !(isBase64 && acceptsBinary) ? Encoding.UTF8.GetBytes(body.GetString()!)
            : body.TryGetBytesFromBase64(out var decoded) ? decoded : null;
        return bytes is null ? null : new RestAnswer(status, Headers(single, multi), bytes);
    }

    // Lists come before single values of the same name, whose case is taken.
    private static List<KeyValuePair<string, string>> Headers(JsonElement single, JsonElement multi)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (multi.ValueKind == JsonValueKind.Object)
        {
            headers.AddRange(multi.EnumerateObject().SelectMany(
                header => header.Value.EnumerateArray().Select(value => new KeyValuePair<string, string>(header.Name, Text(value)))));
        }

        if (single.ValueKind == JsonValueKind.Object)
        {
            headers.AddRange(single.EnumerateObject()
                .Where(header => header.Value.ValueKind != JsonValueKind.Null)
                .Select(header => new KeyValuePair<string, string>(header.Name, Text(header.Value))));
        }

        if (!headers.Exists(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("Content-Type", "application/json"));
        }

        return headers;
    }

    private static bool IsLists(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(header => header.Value.ValueKind == JsonValueKind.Array));

    private static bool TryStatus(JsonElement value, out int status)
    {
        status = 200;
        return value.ValueKind == JsonValueKind.Null
            || (((value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out status))
                || (value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out status)))
                && status is >= 100 and <= 599);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
