using System.Text.Json;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Reads members that may not be there, or be of another kind than they should.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    /// <summary>A text, or the text of a number or flag.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name)?.AsText();

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static string? AsText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    public static bool Flag(this JsonElement element, string name) => Texts.IsTrue(element.Text(name));

    public static int? Number(this JsonElement element, string name) =>
        int.TryParse(element.Text(name), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject().Select(static member => (member.Name, member.Value)) : [];

    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element, string name) => element.Member(name).Members();

    public static JsonElement[] Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>The texts in a list; null if there is no list, or nothing in it.</summary>
    public static List<string>? Strings(this JsonElement element, string name) =>
        element.Items(name).Select(AsText).OfType<string>().ToList() is { Count: > 0 } texts ? texts : null;

    /// <summary>A map of texts; null if there is none, or nothing in it.</summary>
    public static Dictionary<string, string>? Map(this JsonElement element, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in element.Members(name))
        {
            map[key] = value.AsText() ?? value.GetRawText();
        }

        return map.Count == 0 ? null : map;
    }
}
