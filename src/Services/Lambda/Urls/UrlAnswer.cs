using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Haneul.Lambda.Urls;

/// <summary>A function's result as a response: with a status code it is taken as one, anything else becomes the body.</summary>
internal static class UrlAnswer
{
    public static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> payload)
    {
        var response = http.Response;
        response.ContentType = "application/json";
        byte[] body;
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            body = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status)
                ? Take(response, root, status)
                : root.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(root.GetString()!) : payload.ToArray();
        }
        catch (JsonException)
        {
            body = payload.ToArray();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            response.StatusCode = StatusCodes.Status502BadGateway;
            body = "Internal Server Error"u8.ToArray();
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method) && response.StatusCode is not (204 or 304))
        {
            await response.BodyWriter.WriteAsync(body, http.RequestAborted);
        }
        else
        {
            response.ContentLength = null;
        }
    }

    private static byte[] Take(HttpResponse response, JsonElement root, JsonElement status)
    {
        var code = status.ValueKind == JsonValueKind.String ? int.Parse(status.GetString()!, CultureInfo.InvariantCulture) : status.GetInt32();
        response.StatusCode = code is >= 200 and < 600 ? code : throw new FormatException("No such status.");
        if (root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in headers.EnumerateObject())
            {
                var value = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : header.Value.GetRawText();
                if (!header.NameEquals("content-length") && value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
                {
                    response.Headers[header.Name] = value;
                }
            }
        }

        if (root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
        {
            foreach (var cookie in cookies.EnumerateArray())
            {
                response.Headers.Append("Set-Cookie", cookie.GetString());
            }
        }

        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
        return root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True
            ? Convert.FromBase64String(text)
            : Encoding.UTF8.GetBytes(text);
    }
}
