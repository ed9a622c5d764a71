using System.Globalization;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <content>Objects and arrays.</content>
internal sealed partial class SchemaRun
{
    private void CheckObject(SchemaNode node, JsonElement value, int depth)
    {
        var schema = node.Schema;
        var count = value.GetPropertyCount();
        if (Int(schema, "minProperties") is { } min && count < min)
        {
            Fail($"object has too few properties (found {count} but schema requires at least {min})");
        }

        if (Int(schema, "maxProperties") is { } max && count > max)
        {
            Fail($"object has too many properties (found {count} but schema requires at most {max})");
        }

        if (List(schema, "required") is { } required)
        {
            var missing = required.Where(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => name.GetString()!).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                Fail($"object has missing required properties ([{string.Join(",", missing.Select(Quote))}])");
            }
        }

        CheckDependencies(node, value, depth);
        CheckProperties(node, value, depth);
    }

    private void CheckProperties(SchemaNode node, JsonElement value, int depth)
    {
        var schema = node.Schema;
        var hasProperties = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var hasPatterns = schema.TryGetProperty("patternProperties", out var patterns) && patterns.ValueKind == JsonValueKind.Object;
        var hasAdditional = schema.TryGetProperty("additionalProperties", out var additional);
        var extra = new List<string>();
        foreach (var property in value.EnumerateObject())
        {
            var known = false;
            if (hasProperties && properties.TryGetProperty(property.Name, out var own))
            {
                known = true;
                Check(node.With(own), property.Value, depth + 1);
            }

            foreach (var pattern in hasPatterns ? patterns.EnumerateObject() : default)
            {
                if (SchemaPatterns.IsMatch(pattern.Name, property.Name))
                {
                    known = true;
                    Check(node.With(pattern.Value), property.Value, depth + 1);
                }
            }

            if (known || !hasAdditional)
            {
                continue;
            }

            if (additional.ValueKind == JsonValueKind.False)
            {
                extra.Add(property.Name);
            }
            else
            {
                Check(node.With(additional), property.Value, depth + 1);
            }
        }

        if (extra.Count > 0)
        {
            Fail($"object instance has properties which are not allowed by the schema: [{string.Join(",", extra.Order(StringComparer.Ordinal).Select(Quote))}]");
        }
    }

    private void CheckDependencies(SchemaNode node, JsonElement value, int depth)
    {
        if (!node.Schema.TryGetProperty("dependencies", out var dependencies) || dependencies.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var dependency in dependencies.EnumerateObject())
        {
            if (!value.TryGetProperty(dependency.Name, out _))
            {
                continue;
            }

            if (dependency.Value.ValueKind == JsonValueKind.Object)
            {
                Check(node.With(dependency.Value), value, depth + 1);
                continue;
            }

            var names = dependency.Value.ValueKind == JsonValueKind.Array
                ? dependency.Value.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToList()
                : [];
            var missing = names.Where(name => !value.TryGetProperty(name, out _)).ToList();
            if (missing.Count > 0)
            {
                Fail($"property {Quote(dependency.Name)} of object has missing property dependencies (schema requires [{string.Join(",", names.Select(Quote))}]; "
                    + $"missing: [{string.Join(",", missing.Select(Quote))}])");
            }
        }
    }

    private void CheckArray(SchemaNode node, JsonElement value, int depth)
    {
        var schema = node.Schema;
        var count = value.GetArrayLength();
        if (Int(schema, "minItems") is { } min && count < min)
        {
            Fail($"array is too short: must have at least {min} elements but instance has {count} elements");
        }

        if (Int(schema, "maxItems") is { } max && count > max)
        {
            Fail($"array is too long: must have at most {max} elements but instance has {count} elements");
        }

        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True && HasTwins(value))
        {
            Fail("array must not contain duplicate elements");
        }

        if (!schema.TryGetProperty("items", out var items))
        {
            return;
        }

        var index = 0;
        var places = items.ValueKind == JsonValueKind.Array ? items.GetArrayLength() : 0;
        var hasAdditional = schema.TryGetProperty("additionalItems", out var additional);
        foreach (var item in value.EnumerateArray())
        {
            if (items.ValueKind == JsonValueKind.Object)
            {
                Check(node.With(items), item, depth + 1);
            }
            else if (index < places)
            {
                Check(node.With(items[index]), item, depth + 1);
            }
            else if (hasAdditional && additional.ValueKind == JsonValueKind.Object)
            {
                Check(node.With(additional), item, depth + 1);
            }

            index++;
        }

        if (hasAdditional && additional.ValueKind == JsonValueKind.False && items.ValueKind == JsonValueKind.Array && count > places)
        {
            Fail($"additional items are not permitted, but instance has {count - places} additional items");
        }
    }

    private bool HasTwins(JsonElement array)
    {
        var seen = new Dictionary<int, List<JsonElement>>();
        foreach (var item in array.EnumerateArray())
        {
            // Equal values that are written differently fall into one class by their kind and size.
            var key = item.ValueKind switch
            {
                JsonValueKind.String => item.GetString()!.GetHashCode(StringComparison.Ordinal),
                JsonValueKind.Object => item.GetPropertyCount(),
                JsonValueKind.Array => item.GetArrayLength(),
                JsonValueKind.Number => item.GetDouble().GetHashCode(),
                _ => (int)item.ValueKind,
            };
            var same = seen.TryGetValue(key, out var list) ? list : seen[key] = [];
            foreach (var other in same)
            {
                if (++_steps > MaxSteps)
                {
                    throw new SchemaException("The model is too complicated for this body");
                }

                if (JsonElement.DeepEquals(other, item))
                {
                    return true;
                }
            }

            same.Add(item);
        }

        return false;
    }

    private static long? Int(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && long.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
