using System.Text;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute;

/// <summary>
/// What a function's answer means as HTTP. In format 2.0 an answer without a status code is a body as it is.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
internal sealed record FunctionAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Null if the answer does not have the form that its format asks for.</summary>
    public static FunctionAnswer? Parse(ReadOnlyMemory<byte> payload, string format)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status))
            {
                return Structured(root, status);
            }

            if (format == "1.0")
            {
                return null;
            }

            var body = root.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(root.GetString()!) : payload;
            return new FunctionAnswer(200, [new("content-type", "application/json")], body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or JSON by grammar that holds what is no text: half a surrogate, or bytes that are not UTF-8.
            return null;
        }
    }

    private static FunctionAnswer? Structured(JsonElement root, JsonElement status)
    {
        if (!TryStatus(status, out var code))
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>();
        if (root.TryGetProperty("headers", out var single) && single.ValueKind == JsonValueKind.Object)
        {
            headers.AddRange(single.EnumerateObject().Select(header => new KeyValuePair<string, string>(header.Name, Text(header.Value))));
        }

        if (root.TryGetProperty("multiValueHeaders", out var multi) && multi.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in multi.EnumerateObject().Where(header => header.Value.ValueKind == JsonValueKind.Array))
            {
                headers.RemoveAll(other => other.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase));
                headers.AddRange(header.Value.EnumerateArray().Select(value => new KeyValuePair<string, string>(header.Name, Text(value))));
            }
        }

        if (root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
        {
            headers.AddRange(cookies.EnumerateArray().Select(cookie => new KeyValuePair<string, string>("set-cookie", Text(cookie))));
        }

        ReadOnlyMemory<byte> body = default;
        if (root.TryGetProperty("body", out var content) && content.ValueKind != JsonValueKind.Null)
        {
            if (content.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return null; // A body is text; whoever means JSON has to write it.
            }

            var encoded = root.TryGetProperty("isBase64Encoded", out var flag) && flag.ValueKind == JsonValueKind.True;
            if (!encoded)
            {
                body = Encoding.UTF8.GetBytes(Text(content));
            }
            else if (content.ValueKind == JsonValueKind.String && content.TryGetBytesFromBase64(out var bytes))
            {
                body = bytes;
            }
            else
            {
                return null;
            }
        }

        if (body.Length > 0 && !headers.Exists(header => header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("content-type", "text/plain;charset=UTF-8"));
        }

        return new FunctionAnswer(code, headers, body);
    }

    private static bool TryStatus(JsonElement status, out int code)
    {
        code = 0;
        return (status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out code)
                || status.ValueKind == JsonValueKind.String && int.TryParse(status.GetString(), out code))
            && code is >= 100 and <= 599;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
