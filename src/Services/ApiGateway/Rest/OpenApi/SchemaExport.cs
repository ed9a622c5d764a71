using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Models;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Writes the models that are used, and those that they refer to, under their names.</summary>
internal sealed class SchemaExport(Utf8JsonWriter json, IReadOnlyList<Model> models, string head)
{
    private readonly List<string> _used = [];

    /// <summary>Writes a reference to a model, which is then among those that are written.</summary>
    public void WriteReference(string model)
    {
        Use(model);
        json.WriteStartObject();
        json.WriteString("$ref", head + model);
        json.WriteEndObject();
    }

    public void Write(string name)
    {
        if (_used.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        for (var i = 0; i < _used.Count; i++)
        {
            if (models.FirstOrDefault(model => model.Name == _used[i])?.SchemaValue is { } schema)
            {
                using var document = JsonDocument.Parse(schema);
                json.WritePropertyName(_used[i]);
                WriteValue(document.RootElement);
            }
        }

        json.WriteEndObject();
    }

    private void Use(string model)
    {
        if (!_used.Contains(model))
        {
            _used.Add(model);
        }
    }

    private void WriteValue(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(static member => member.Name != "$schema"))
                {
                    json.WritePropertyName(member.Name);
                    if (member.Name == "$ref" && ModelTable.Referenced(member.Value.AsText()) is { } model)
                    {
                        Use(model);
                        json.WriteStringValue(head + model);
                    }
                    else
                    {
                        WriteValue(member.Value);
                    }
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteValue(item);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
