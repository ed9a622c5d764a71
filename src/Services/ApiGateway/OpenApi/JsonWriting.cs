using System.Text.Json;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>Writes members of exported documents; those that are not there are left out.</summary>
internal static class JsonWriting
{
    public static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Optional(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Optional(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is { Count: > 0 })
        {
            List(json, name, values);
        }
    }

    public static void Optional(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string>? values)
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    public static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
