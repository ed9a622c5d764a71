using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>What the events of all payload formats have in common.</summary>
internal static class EventJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The form of web servers' logs.</summary>
    public static string LogTime(DateTimeOffset time) => time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);

    /// <summary>Several values of one name are joined by commas.</summary>
    public static void WriteJoined(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value))
        {
            json.WriteString(group.Key, string.Join(',', group));
        }

        json.WriteEndObject();
    }

    /// <summary>The last value of each name; null for none.</summary>
    public static void WriteLast(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs, bool nullForNone)
    {
        if (pairs.Count == 0 && nullForNone)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase))
        {
            json.WriteString(group.Key, group.Last());
        }

        json.WriteEndObject();
    }

    /// <summary>All values of each name; null for none.</summary>
    public static void WriteLists(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs, bool nullForNone)
    {
        if (pairs.Count == 0 && nullForNone)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach (var group in pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase))
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

    public static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void WriteBody(Utf8JsonWriter json, ApiCall call)
    {
        if (call.IsText)
        {
            json.WriteString("body", call.Body.Span);
        }
        else
        {
            json.WriteBase64String("body", call.Body.Span);
        }
    }

    public static void WriteApi(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteString("accountId", call.Api.Account);
        json.WriteString("apiId", call.Api.Api.ApiId);
        json.WriteString("domainName", call.Host);
        json.WriteString("domainPrefix", call.Host.Split('.')[0]);
    }
}
