using Haneul.Policy.Conditions;

namespace Haneul.Policy.Matching;

/// <summary>
/// A pattern for ARNs: each of the six colon-delimited parts is compared by itself, so a wildcard never swallows a colon before the resource.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"/>
/// </summary>
internal sealed class ArnPattern
{
    private const int PartCount = 6;

    private readonly TextPattern[]? _parts;
    private readonly TextPattern _whole;
    private readonly bool _anything;

    private ArnPattern(TextPattern whole, TextPattern[]? parts)
    {
        _whole = whole;
        _parts = parts;
        _anything = whole.Source == "*";
    }

    public string Source => _whole.Source;

    public static ArnPattern Parse(string source, bool variables)
    {
        var whole = TextPattern.Parse(source, wildcards: true, variables);
        var parts = Split(source, variables);
        if (parts.Count < PartCount && (parts.Count < 2 || !parts[^1].EndsWith('*')))
        {
            return new ArnPattern(whole, null);
        }

        while (parts.Count < PartCount)
        {
            parts.Add("*");
        }

        return new ArnPattern(whole, [.. parts.Select(part => TextPattern.Parse(part, wildcards: true, variables))]);
    }

    public bool Matches(ReadOnlySpan<char> value, IConditionKeys keys)
    {
        if (_anything)
        {
            return true;
        }

        if (!value.StartsWith("arn:", StringComparison.Ordinal))
        {
            return _parts is null && _whole.Matches(value, keys, ignoreCase: false);
        }

        if (_parts is null)
        {
            return false;
        }

        for (var i = 0; i < PartCount - 1; i++)
        {
            var colon = value.IndexOf(':');
            if (colon < 0 || !_parts[i].Matches(value[..colon], keys, ignoreCase: false))
            {
                return false;
            }

            value = value[(colon + 1)..];
        }

        return _parts[PartCount - 1].Matches(value, keys, ignoreCase: false);
    }

    /// <summary>Cuts at colons, but not at those inside of variables.</summary>
    private static List<string> Split(string source, bool variables)
    {
        var parts = new List<string>(PartCount);
        var start = 0;
        for (var i = 0; i < source.Length && parts.Count < PartCount - 1; i++)
        {
            if (variables && source[i] == '$' && i + 1 < source.Length && source[i + 1] == '{' && source.IndexOf('}', i) is var end and > 0)
            {
                i = end;
            }
            else if (source[i] == ':')
            {
                parts.Add(source[start..i]);
                start = i + 1;
            }
        }

        parts.Add(source[start..]);
        return parts;
    }
}
