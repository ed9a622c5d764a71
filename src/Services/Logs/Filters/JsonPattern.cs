using System.Text.Json;

namespace Haneul.Logs.Filters;

/// <summary>Conditions on the members of messages that are JSON: <c>{ $.level = "error" &amp;&amp; ($.code >= 500 || $.id NOT EXISTS) }</c>.</summary>
internal sealed class JsonPattern : FilterPattern
{
    private const int MaxDepth = 32;

    private readonly Func<JsonElement, bool> _condition;

    private JsonPattern(Func<JsonElement, bool> condition, IReadOnlyList<string> selectors) => (_condition, Selectors) = (condition, selectors);

    public override IReadOnlyList<string> Selectors { get; }

    public static new JsonPattern Parse(string text)
    {
        var reader = new PatternText(text);
        reader.Expect("{");
        var condition = Any(reader, 0);
        reader.Expect("}");
        return reader.AtEnd ? new JsonPattern(condition, [.. reader.Paths.Distinct()]) : throw reader.Wrong("the pattern was expected to end");
    }

    public override bool Matches(string message)
    {
        if (!message.AsSpan().TrimStart().StartsWith("{"))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return _condition(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a surrogate, escaped, is JSON by grammar and no text.
            return false;
        }
    }

    public override string? Extract(string selector, string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var found = JsonPath.Parse(new PatternText(selector)).Find(document.RootElement).ToList();
            return found.Count == 0 || found[0].ValueKind == JsonValueKind.Null ? null : found[0].ToString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static Func<JsonElement, bool> Any(PatternText reader, int depth)
    {
        var left = Every(reader, depth);
        while (reader.Take("||"))
        {
            var (first, second) = (left, Every(reader, depth));
            left = value => first(value) || second(value);
        }

        return left;
    }

    private static Func<JsonElement, bool> Every(PatternText reader, int depth)
    {
        var left = One(reader, depth);
        while (reader.Take("&&"))
        {
            var (first, second) = (left, One(reader, depth));
            left = value => first(value) && second(value);
        }

        return left;
    }

    private static Func<JsonElement, bool> One(PatternText reader, int depth)
    {
        if (reader.Take("("))
        {
            var inner = depth < MaxDepth ? Any(reader, depth + 1) : throw reader.Wrong("the parentheses are nested too deep");
            reader.Expect(")");
            return inner;
        }

        var path = JsonPath.Parse(reader);
        if (reader.TakeWord("IS"))
        {
            var kind = reader.TakeWord("NULL") ? JsonValueKind.Null
                : reader.TakeWord("TRUE") ? JsonValueKind.True
                : reader.TakeWord("FALSE") ? JsonValueKind.False
                : throw reader.Wrong("NULL, TRUE or FALSE was expected");
            return value => path.Find(value).Any(found => found.ValueKind == kind);
        }

        if (reader.TakeWord("NOT"))
        {
            return reader.TakeWord("EXISTS") ? value => !path.Find(value).Any() : throw reader.Wrong("EXISTS was expected");
        }

        if (reader.TakeWord("EXISTS"))
        {
            return value => path.Find(value).Any();
        }

        var comparison = Comparison.Parse(reader, "&|(){}");
        return value => path.Find(value).Any(comparison.Holds);
    }
}
