using System.Text;
using Haneul.Policy.Conditions;

namespace Haneul.Policy.Matching;

/// <summary>
/// A value of a policy that request values are compared with: literal text, wildcards where the element allows them, and policy variables.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"/>
/// </summary>
internal sealed class TextPattern
{
    private readonly string _text;
    private readonly Part[]? _parts;
    private readonly Shape _shape;

    private TextPattern(string source, string text, Part[]? parts)
    {
        Source = source;
        _text = text;
        _parts = parts;
        _shape = ShapeOf(text);
    }

    private enum Shape : byte
    {
        Literal,
        Anything,
        Prefix,
        General,
    }

    /// <summary>As the policy writes it.</summary>
    public string Source { get; }

    public bool HasVariables => _parts is not null;

    /// <param name="source">The text of the policy.</param>
    /// <param name="wildcards">Whether <c>*</c> and <c>?</c> mean more than themselves.</param>
    /// <param name="variables">Whether <c>${...}</c> does; only since version 2012-10-17 of the language.</param>
    public static TextPattern Parse(string source, bool wildcards, bool variables)
    {
        if (!variables || !source.Contains("${", StringComparison.Ordinal))
        {
            return new TextPattern(source, wildcards ? Glob.Compile(source) : source, null);
        }

        var parts = new List<Part>();
        var rest = source.AsSpan();
        var literal = new StringBuilder();
        var dynamic = false;
        while (rest.IndexOf("${") is var at and >= 0 && rest[at..].IndexOf('}') is var length and > 0)
        {
            Literal(literal, rest[..at], wildcards);
            var name = rest.Slice(at + 2, length - 2).Trim();
            rest = rest[(at + length + 1)..];
            if (name is "*" or "?" or "$")
            {
                literal.Append(name);
                continue;
            }

            Flush();
            parts.Add(Variable(name));
            dynamic = true;
        }

        Literal(literal, rest, wildcards);
        Flush();
        return dynamic
            ? new TextPattern(source, "", [.. parts])
            : new TextPattern(source, string.Concat(parts.Select(part => part.Literal)), null);

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new Part(literal.ToString(), null, null));
                literal.Clear();
            }
        }
    }

    public bool Matches(ReadOnlySpan<char> value, IConditionKeys keys, bool ignoreCase)
    {
        if (_parts is not null)
        {
            return Expand(keys) is { } expanded && Glob.Matches(expanded, value, ignoreCase);
        }

        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return _shape switch
        {
            Shape.Literal => value.Equals(_text, comparison),
            Shape.Anything => true,
            Shape.Prefix => value.StartsWith(_text.AsSpan(0, _text.Length - 1), comparison),
            _ => Glob.Matches(_text, value, ignoreCase),
        };
    }

    /// <summary>The text with its variables replaced; null when one has no value, in which case it matches nothing.</summary>
    public string? Expand(IConditionKeys keys)
    {
        if (_parts is null)
        {
            return _text;
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Literal is { } literal)
            {
                text.Append(literal);
                continue;
            }

            var values = keys.Find(part.Variable!);
            var value = values.Count == 1 ? values[0] : values.Count == 0 ? part.Default : null;
            if (value is null || Glob.HasWildcards(value))
            {
                return null;
            }

            text.Append(value);
        }

        return text.ToString();
    }

    private static void Literal(StringBuilder literal, ReadOnlySpan<char> text, bool wildcards) =>
        literal.Append(wildcards ? Glob.Compile(text) : text);

    private static Part Variable(ReadOnlySpan<char> name)
    {
        var comma = name.IndexOf(',');
        if (comma < 0)
        {
            return new Part(null, name.ToString(), null);
        }

        var fallback = name[(comma + 1)..].Trim();
        return fallback.Length >= 2 && fallback[0] == '\'' && fallback[^1] == '\''
            ? new Part(null, name[..comma].Trim().ToString(), fallback[1..^1].ToString())
            : new Part(null, name.ToString(), null);
    }

    private static Shape ShapeOf(string text) => text switch
    {
        [Glob.Many] => Shape.Anything,
        [.. var head, Glob.Many] when !Glob.HasWildcards(head) => Shape.Prefix,
        _ => Glob.HasWildcards(text) ? Shape.General : Shape.Literal,
    };

    private sealed record Part(string? Literal, string? Variable, string? Default);
}
