using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Values inside of a JSON body, by a path such as <c>user.names[0]</c>.</summary>
internal static class BodyPath
{
    private const int MaxSteps = 32;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    /// <param name="body">JSON in UTF-8, or anything else.</param>
    /// <param name="path">Empty for all of the body.</param>
    /// <returns>Text as it is, other values as JSON; null if the body is no JSON or has no such value.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, string path)
    {
        if (path.Length == 0)
        {
            return body.Length == 0 ? null : Encoding.UTF8.GetString(body.Span);
        }

        try
        {
            using var document = JsonDocument.Parse(body, s_options);
            return Walk(document.RootElement, path) switch
            {
                null => null,
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Null } => null,
                { } value => value.GetRawText(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Walk(JsonElement element, string path)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', MaxSteps + 1, StringSplitOptions.RemoveEmptyEntries);
        if (steps.Length > MaxSteps)
        {
            return null;
        }

        foreach (var step in steps)
        {
            if (step is ['[', .. var inner, ']'])
            {
                var name = inner.Trim('\'', '"');
                if (element.ValueKind == JsonValueKind.Array && int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < element.GetArrayLength())
                {
                    element = element[index];
                }
                else if (name.Length == inner.Length || element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return null;
                }
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element;
    }
}
