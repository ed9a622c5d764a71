using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Writes JSON as YAML: blocks, with texts in double quotes as JSON has them, which YAML takes as they are.</summary>
internal static class YamlWriter
{
    public static byte[] FromJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder("---\n");
        Write(text, document.RootElement, indent: 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement value, int indent)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                text.Append(' ', indent).Append(Key(member.Name)).Append(':');
                WriteMember(text, member.Value, indent);
            }
        }
        else
        {
            foreach (var item in value.EnumerateArray())
            {
                text.Append(' ', indent).Append('-');
                WriteMember(text, item, indent);
            }
        }
    }

    private static void WriteMember(StringBuilder text, JsonElement value, int indent)
    {
        var isEmpty = (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any())
            || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
        if (isEmpty || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            text.Append(' ').Append(Scalar(value, isEmpty)).Append('\n');
        }
        else
        {
            text.Append('\n');
            Write(text, value, indent + 2);
        }
    }

    private static string Scalar(JsonElement value, bool isEmpty) => value.ValueKind switch
    {
        JsonValueKind.Object when isEmpty => "{}",
        JsonValueKind.Array when isEmpty => "[]",
        JsonValueKind.String => Quoted(value.GetString()!),
        _ => value.GetRawText(),
    };

    // Keys that could be read as something else than a text are in quotes.
    private static string Key(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && name is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? name
            : Quoted(name);

    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
