using System.Text.Json;

namespace Haneul.Integration.Patterns;

/// <summary>An object of a pattern: all of its fields have to match, and one of each list of alternatives.</summary>
internal sealed class PatternNode
{
    private readonly List<(string Name, PatternNode Node)> _nodes = [];
    private readonly List<(string Name, PatternRule[] Rules)> _leaves = [];
    private readonly List<PatternNode[]> _alternatives = [];

    /// <exception cref="FormatException">This is no pattern.</exception>
    public static PatternNode Read(JsonElement json, bool numbersInTexts)
    {
        var node = new PatternNode();
        foreach (var field in json.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object)
            {
                node._nodes.Add((field.Name, Read(field.Value, numbersInTexts)));
                continue;
            }

            if (field.Value.ValueKind != JsonValueKind.Array || field.Value.GetArrayLength() == 0)
            {
                throw new FormatException("A field has a list of rules.");
            }

            if (field.Name == "$or" && field.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
            {
                node._alternatives.Add([.. field.Value.EnumerateArray().Select(item => Read(item, numbersInTexts))]);
            }
            else
            {
                node._leaves.Add((field.Name, [.. field.Value.EnumerateArray().Select(rule => PatternRule.Read(rule, numbersInTexts))]));
            }
        }

        return node;
    }

    // An undefined value is a field that is not there; lists match if one of their objects does.
    public bool Matches(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && Matches(item));
        }

        return _nodes.TrueForAll(field => field.Node.Matches(Member(value, field.Name)))
            && _leaves.TrueForAll(field => MatchesAny(field.Rules, Member(value, field.Name)))
            && _alternatives.TrueForAll(alternatives => Array.Exists(alternatives, node => node.Matches(value)));
    }

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    private static bool MatchesAny(PatternRule[] rules, JsonElement value)
    {
        // Rules are about values at the ends of paths; an object is none, nor is an empty list.
        var values = value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Object => [],
            JsonValueKind.Array => value.EnumerateArray()
                .Where(static item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)).ToArray(),
            _ => [value],
        };
        return Array.Exists(rules, rule => values.Length == 0 ? rule.MatchesAbsence : Array.Exists(values, rule.Matches));
    }
}
