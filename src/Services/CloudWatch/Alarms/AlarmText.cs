using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.CloudWatch.Alarms;

/// <summary>How CloudWatch writes numbers, times and JSON in the texts of alarms.</summary>
internal static class AlarmText
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whole numbers have a decimal too: 21.0.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return value == Math.Floor(value) && !text.Contains('E', StringComparison.Ordinal) ? text + ".0" : text;
    }

    /// <summary>A time in the JSON of alarms.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    /// <summary>A time in a reason.</summary>
    public static string Short(DateTimeOffset time) => time.UtcDateTime.ToString("dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture);

    public static byte[] JsonBytes(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, s_plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static string Json(Action<Utf8JsonWriter> members) => Encoding.UTF8.GetString(JsonBytes(members));

    public static void WriteHistoryState(Utf8JsonWriter json, string name, AlarmState state)
    {
        json.WriteStartObject(name);
        json.WriteString("stateValue", state.Value);
        json.WriteString("stateReason", state.Reason);
        if (state.Data is not null)
        {
            WriteData(json, "stateReasonData", state.Data);
        }

        json.WriteEndObject();
    }

    /// <summary>JSON where it is JSON; callers of <c>SetAlarmState</c> may give other text.</summary>
    private static void WriteData(Utf8JsonWriter json, string name, string data)
    {
        json.WritePropertyName(name);
        try
        {
            using var document = JsonDocument.Parse(data);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(data);
        }
    }
}
