using System.Globalization;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>Reads one value out of a JSON body by a path of names and indexes, such as <c>items[0].id</c>.</summary>
internal static class BodyPath
{
    /// <returns>Text as it is, anything else as JSON; null where the body is no JSON or has no such value.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var value = document.RootElement;
            foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                if (step == "$")
                {
                    continue;
                }

                if (!TryStep(value, step, out value))
                {
                    return null;
                }
            }

            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                _ => value.GetRawText(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool TryStep(JsonElement value, string step, out JsonElement next)
    {
        next = default;
        var inner = step is ['[', .., ']'] ? step[1..^1].Trim('\'', '"') : step;
        if (value.ValueKind != JsonValueKind.Array)
        {
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(inner, out next);
        }

        if (!int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= value.GetArrayLength())
        {
            return false;
        }

        next = value[index];
        return true;
    }
}
