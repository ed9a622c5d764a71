using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.Kernel.Identity;

namespace Haneul.Policy.Language;

/// <summary>
/// The one form of a policy that services keep: without white space, members in a fixed order, lists of one as the one, accounts as their
/// roots. Policies that only differ in how they are written have the same.
/// </summary>
public static class CanonicalPolicy
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_document = ["Version", "Id", "Statement"];

    private static readonly string[] s_statement =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    /// <param name="json">A policy that has been parsed before.</param>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(buffer, s_plain);
        writer.WriteStartObject();
        foreach (var name in s_document)
        {
            if (!document.RootElement.TryGetProperty(name, out var value))
            {
                if (name == "Version")
                {
                    writer.WriteString(name, PolicyDocument.OldVersion);
                }

                continue;
            }

            writer.WritePropertyName(name);
            if (name == "Statement")
            {
                Statements(writer, value);
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Statements(Utf8JsonWriter writer, JsonElement statements)
    {
        writer.WriteStartArray();
        foreach (var statement in statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray().ToArray() : [statements])
        {
            writer.WriteStartObject();
            foreach (var name in s_statement)
            {
                if (!statement.TryGetProperty(name, out var value))
                {
                    continue;
                }

                writer.WritePropertyName(name);
                if (value.ValueKind == JsonValueKind.Object)
                {
                    Members(writer, value, isPrincipal: name is "Principal" or "NotPrincipal");
                }
                else
                {
                    Values(writer, value, isPrincipal: false);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Principals by kind, or conditions by operator and key.
    private static void Members(Utf8JsonWriter writer, JsonElement element, bool isPrincipal)
    {
        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Members(writer, member.Value, isPrincipal);
            }
            else
            {
                Values(writer, member.Value, isPrincipal && member.Name == "AWS");
            }
        }

        writer.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter writer, JsonElement element, bool isPrincipal)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Value(writer, element, isPrincipal);
            return;
        }

        if (element.GetArrayLength() == 1)
        {
            Value(writer, element[0], isPrincipal);
            return;
        }

        writer.WriteStartArray();
        foreach (var value in element.EnumerateArray())
        {
            Value(writer, value, isPrincipal);
        }

        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, JsonElement element, bool isPrincipal)
    {
        if (isPrincipal && element.ValueKind == JsonValueKind.String && AccountId.TryParse(element.GetString()!, out var account))
        {
            writer.WriteStringValue($"arn:aws:iam::{account.Value}:root");
            return;
        }

        element.WriteTo(writer);
    }
}
