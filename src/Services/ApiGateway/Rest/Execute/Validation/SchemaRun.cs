using System.Text.Json;

namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <summary>
/// Checks one value with JSON Schema draft 4, within bounds: of depth, so that references in a circle end, and of steps, so that alternatives of
/// alternatives do. <see href="https://json-schema.org/draft-04/json-schema-validation"/>
/// </summary>
internal sealed partial class SchemaRun(ModelSchemas models)
{
    private const int MaxDepth = 96;
    private const int MaxSteps = 200_000;
    private const int MaxErrors = 32;

    private int _steps;

    public List<string> Errors { get; private set; } = [];

    public void Check(SchemaNode node, JsonElement value, int depth)
    {
        if (depth > MaxDepth || ++_steps > MaxSteps)
        {
            throw new SchemaException("The model is too deep or too complicated for this body");
        }

        var schema = node.Schema;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String)
        {
            // Draft 4 has it so: what stands beside a reference does not count.
            Check(models.Resolve(reference.GetString()!, node.Root), value, depth + 1);
            return;
        }

        CheckType(schema, value);
        CheckEnum(schema, value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(node, value, depth);
                break;
            case JsonValueKind.Array:
                CheckArray(node, value, depth);
                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value);
                break;
        }

        CheckCombinations(node, value, depth);
    }

    private void Fail(string message)
    {
        if (Errors.Count < MaxErrors)
        {
            Errors.Add(message);
        }
    }

    private bool Matches(SchemaNode node, JsonElement value, int depth)
    {
        var before = Errors;
        Errors = [];
        Check(node, value, depth + 1);
        var matches = Errors.Count == 0;
        Errors = before;
        return matches;
    }

    private void CheckType(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return;
        }

        var allowed = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToList(),
            _ => new List<string>(),
        };
        var actual = TypeOf(value);
        if (allowed.Count > 0 && !allowed.Contains(actual) && !(actual == "integer" && allowed.Contains("number")))
        {
            Fail($"instance type ({actual}) does not match any allowed primitive type (allowed: [{string.Join(",", allowed.Order(StringComparer.Ordinal).Select(Quote))}])");
        }
    }

    // 1.0 is a number and no integer, as the validator of AWS has it for draft 4.
    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private void CheckEnum(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            Fail($"instance value ({Short(value)}) not found in enum (possible values: {values.GetRawText()})");
        }
    }

    private void CheckCombinations(SchemaNode node, JsonElement value, int depth)
    {
        if (List(node.Schema, "allOf") is { } all)
        {
            var matched = all.Count(one => Matches(node.With(one), value, depth));
            if (matched < all.Count)
            {
                Fail($"instance failed to match all required schemas (matched only {matched} out of {all.Count})");
            }
        }

        if (List(node.Schema, "anyOf") is { } any && !any.Any(one => Matches(node.With(one), value, depth)))
        {
            Fail($"instance failed to match at least one required schema among {any.Count}");
        }

        if (List(node.Schema, "oneOf") is { } alternatives)
        {
            var matched = alternatives.Count(one => Matches(node.With(one), value, depth));
            if (matched != 1)
            {
                Fail($"instance failed to match exactly one schema (matched {matched} out of {alternatives.Count})");
            }
        }

        if (node.Schema.TryGetProperty("not", out var not) && Matches(node.With(not), value, depth))
        {
            Fail("instance matched a schema which it should not have");
        }
    }

    private static List<JsonElement>? List(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null;

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 256 ? text : text[..256] + "...";
    }
}
