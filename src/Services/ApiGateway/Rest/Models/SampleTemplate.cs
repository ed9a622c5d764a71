using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>A mapping template with a sample of every property that a schema has.</summary>
internal sealed class SampleTemplate
{
    /// <summary>Models may refer to each other in circles.</summary>
    private const int MostDepth = 12;

    /// <summary>Circles with many ways through them end here, whatever their depth.</summary>
    private const int MostText = 256 * 1024;

    private readonly StringBuilder _text = new("#set($inputRoot = $input.path('$'))\n");
    private readonly IReadOnlyList<Model> _models;

    private SampleTemplate(IReadOnlyList<Model> models) => _models = models;

    public static string Of(string? schema, IReadOnlyList<Model> models)
    {
        var template = new SampleTemplate(models);
        using var document = JsonDocument.Parse(schema ?? "{}");
        template.Write(document.RootElement, document.RootElement, "$inputRoot", depth: 0);
        return template._text.ToString();
    }

    private void Write(JsonElement schema, JsonElement root, string source, int depth)
    {
        if (depth > MostDepth || _text.Length > MostText || schema.ValueKind != JsonValueKind.Object)
        {
            _text.Append("{ }");
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            WriteReference(reference.GetString() ?? "", root, source, depth);
            return;
        }

        switch (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : "object")
        {
            case "array":
                WriteArray(schema, root, source, depth);
                break;
            case "string":
                _text.Append("\"foo\"");
                break;
            case "integer":
                _text.Append("42");
                break;
            case "number":
                _text.Append("42.0");
                break;
            case "boolean":
                _text.Append("true");
                break;
            case "null":
                _text.Append("null");
                break;
            default:
                WriteObject(schema, root, source, depth);
                break;
        }
    }

    private void WriteReference(string reference, JsonElement root, string source, int depth)
    {
        if (ModelTable.Referenced(reference) is { } name && _models.FirstOrDefault(model => model.Name == name)?.SchemaValue is { } schema)
        {
            using var document = JsonDocument.Parse(schema);
            Write(document.RootElement, document.RootElement, source, depth + 1);
        }
        else if (reference.StartsWith("#/definitions/", StringComparison.Ordinal) && root.TryGetProperty("definitions", out var definitions)
            && definitions.TryGetProperty(reference["#/definitions/".Length..], out var definition))
        {
            Write(definition, root, source, depth + 1);
        }
        else
        {
            _text.Append("{ }");
        }
    }

    private void WriteObject(JsonElement schema, JsonElement root, string source, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            _text.Append("{ }");
            return;
        }

        _text.Append('{');
        var isFirst = true;
        foreach (var property in properties.EnumerateObject())
        {
            _text.Append(isFirst ? "\n" : ",\n").Append(' ', 2 * (depth + 1));
            _text.Append('"').Append(JsonEncodedText.Encode(property.Name)).Append("\" : ");
            Write(property.Value, root, $"{source}.{property.Name}", depth + 1);
            isFirst = false;
        }

        _text.Append('\n').Append(' ', 2 * depth).Append('}');
    }

    private void WriteArray(JsonElement schema, JsonElement root, string source, int depth)
    {
        var item = depth == 0 ? "$elem" : $"$elem{depth}";
        _text.Append("[\n##TODO: Update this foreach loop to reference array from input json\n");
        _text.Append("#foreach(").Append(item).Append(" in ").Append(source).Append(")\n");
        _text.Append(' ', 2 * (depth + 1));
        if (schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object)
        {
            Write(items, root, item, depth + 1);
        }
        else
        {
            _text.Append("{ }");
        }

        _text.Append("#if($foreach.hasNext),#end\n#end\n").Append(' ', 2 * depth).Append(']');
    }
}
