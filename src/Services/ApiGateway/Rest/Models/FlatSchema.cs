using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>A schema that needs no other model: those that it refers to are among its own definitions.</summary>
internal static class FlatSchema
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string schema, IReadOnlyList<Model> models)
    {
        var waiting = new Queue<string>();
        var definitions = new Dictionary<string, string>(StringComparer.Ordinal);
        var main = Rewrite(schema, waiting, definitions: null);
        while (waiting.TryDequeue(out var name))
        {
            if (!definitions.ContainsKey(name) && models.FirstOrDefault(model => model.Name == name)?.SchemaValue is { } other)
            {
                definitions[name] = Rewrite(other, waiting, definitions: null);
            }
        }

        return definitions.Count == 0 ? main : Rewrite(main, waiting, definitions);
    }

    // Points references to models at the definitions; with definitions, adds those to the schema's own.
    private static string Rewrite(string schema, Queue<string> waiting, Dictionary<string, string>? definitions)
    {
        using var document = JsonDocument.Parse(schema);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_writing))
        {
            if (definitions is null)
            {
                Write(json, document.RootElement, waiting);
            }
            else
            {
                json.WriteStartObject();
                foreach (var member in document.RootElement.EnumerateObject().Where(static member => member.Name != "definitions"))
                {
                    member.WriteTo(json);
                }

                json.WriteStartObject("definitions");
                if (document.RootElement.TryGetProperty("definitions", out var own))
                {
                    foreach (var member in own.EnumerateObject().Where(member => !definitions.ContainsKey(member.Name)))
                    {
                        member.WriteTo(json);
                    }
                }

                foreach (var (name, text) in definitions)
                {
                    json.WritePropertyName(name);
                    json.WriteRawValue(text);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, Queue<string> waiting)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String
                        && ModelTable.Referenced(member.Value.GetString()) is { } name)
                    {
                        waiting.Enqueue(name);
                        json.WriteStringValue("#/definitions/" + name);
                    }
                    else
                    {
                        Write(json, member.Value, waiting);
                    }
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, waiting);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
