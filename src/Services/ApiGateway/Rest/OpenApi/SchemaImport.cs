using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Models;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Makes models of schemas: those with names, and those that stand where they are used.</summary>
internal sealed class SchemaImport(OpenApiDocument document, ImportedApi api, string apiId)
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_heads = ["#/definitions/", "#/components/schemas/"];

    public void Run()
    {
        foreach (var (name, schema) in document.Schemas.Members())
        {
            if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
            {
                api.Warnings.Add($"Ignoring model '{name}': Model name must be alphanumeric: {name}");
                continue;
            }

            Add(name, schema);
        }
    }

    /// <summary>The name of the model that a schema is.</summary>
    public string ModelOf(JsonElement schema)
    {
        if (schema.Text("$ref") is { } reference && Array.Find(s_heads, head => reference.StartsWith(head, StringComparison.Ordinal)) is { } head)
        {
            return reference[head.Length..];
        }

        // A schema without a name gets one by its content, so that an import of the same gives the same.
        var name = "MODEL" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema.GetRawText())))[..6];
        if (!api.Models.Exists(model => model.Name == name))
        {
            Add(name, schema);
        }

        return name;
    }

    private void Add(string name, JsonElement schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_writing))
        {
            Write(json, schema);
        }

        try
        {
            api.Models.Add(new Model
            {
                Name = name,
                Description = schema.Text("description"),
                ContentType = "application/json",
                SchemaValue = ModelSchema.Check(Encoding.UTF8.GetString(buffer.WrittenSpan)),
            });
        }
        catch (Kernel.Errors.ServiceException exception)
        {
            throw RestFaults.BadRequest($"Errors found during import:\n\tUnable to create model '{name}': {exception.Message}");
        }
    }

    private void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    // Examples and extensions are no part of what is validated.
                    if (member.Name is "example" or "examples" or "xml" or "externalDocs" || member.Name.StartsWith("x-", StringComparison.Ordinal))
                    {
                        continue;
                    }

                    json.WritePropertyName(member.Name);
                    if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String
                        && Canonical(member.Value.GetString()!) is { } canonical)
                    {
                        json.WriteStringValue(canonical);
                    }
                    else
                    {
                        Write(json, member.Value);
                    }
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private string? Canonical(string reference) =>
        Array.Find(s_heads, head => reference.StartsWith(head, StringComparison.Ordinal)) is { } head
            ? $"{ModelSchema.ReferenceHead}{apiId}/models/{reference[head.Length..]}"
            : null;
}
