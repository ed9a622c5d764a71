using Haneul.CloudWatch.Expressions;
using Haneul.CloudWatch.Metrics;

namespace Haneul.CloudWatch.Queries;

/// <summary>
/// Finds metrics by words: <c>{AWS/EC2,InstanceId} MetricName="CPUUtilization" AND web</c>.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html"/>
/// </summary>
internal sealed class SearchExpression
{
    private const int MaxDepth = 32;
    private readonly HashSet<string>? _dimensions;
    private readonly Func<MetricId, bool> _terms;

    private SearchExpression(string? metricNamespace, HashSet<string>? dimensions, Func<MetricId, bool> terms) =>
        (Namespace, _dimensions, _terms) = (metricNamespace, dimensions, terms);

    /// <summary>The namespace that the schema names.</summary>
    public string? Namespace { get; }

    public static SearchExpression Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        string? metricNamespace = null;
        HashSet<string>? dimensions = null;
        if (rest.StartsWith("{"))
        {
            var end = rest.IndexOf('}');
            if (end < 0)
            {
                throw new MathException("The schema of a search ends with '}'.");
            }

            var names = rest[1..end].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name => name.Trim('"')).ToList();
            metricNamespace = names.Count > 0 ? names[0] : throw new MathException("The schema of a search names a namespace.");
            dimensions = [.. names.Skip(1)];
            rest = rest[(end + 1)..];
        }

        var terms = new Terms(Words(rest.ToString())).Parse();
        return new SearchExpression(metricNamespace, dimensions, terms);
    }

    public bool Matches(MetricId metric) =>
        (Namespace is null || metric.Namespace == Namespace)
        && (_dimensions is null
            || (_dimensions.Count == metric.Dimensions.Count && metric.Dimensions.All(dimension => _dimensions.Contains(dimension.Name))))
        && _terms(metric);

    // Words, quoted strings (with their quotes), parentheses; a property and its value are one word.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (text[at] is '(' or ')')
            {
                words.Add(text[at++].ToString());
                continue;
            }

            var start = at;
            for (var quoted = false; at < text.Length && (quoted || (!char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')'))); at++)
            {
                quoted ^= text[at] == '"';
            }

            words.Add(text[start..at]);
        }

        return words;
    }

    private sealed class Terms(List<string> words)
    {
        private int _at;
        private int _depth;

        public Func<MetricId, bool> Parse()
        {
            if (words.Count == 0)
            {
                return static _ => true;
            }

            var terms = Or();
            return _at == words.Count ? terms : throw new MathException($"Unexpected '{words[_at]}' in a search.");
        }

        private Func<MetricId, bool> Or()
        {
            if (++_depth > MaxDepth)
            {
                throw new MathException("The search is nested too deeply.");
            }

            var left = And();
            while (Next() == "OR")
            {
                _at++;
                var (first, second) = (left, And());
                left = metric => first(metric) || second(metric);
            }

            _depth--;
            return left;
        }

        private Func<MetricId, bool> And()
        {
            var left = Not();
            while (Next() is { } word && word is not ("OR" or ")"))
            {
                _at += word == "AND" ? 1 : 0;
                var (first, second) = (left, Not());
                left = metric => first(metric) && second(metric);
            }

            return left;
        }

        private Func<MetricId, bool> Not()
        {
            if (Next() != "NOT")
            {
                return Term();
            }

            _at++;
            var inner = Term();
            return metric => !inner(metric);
        }

        private Func<MetricId, bool> Term()
        {
            var word = Next() ?? throw new MathException("Unexpected end of a search.");
            _at++;
            if (word == "(")
            {
                var inner = Or();
                return Next() == ")" ? Close(inner) : throw new MathException("A parenthesis of a search is not closed.");
            }

            if (word is ")" or "AND" or "OR")
            {
                throw new MathException($"Unexpected '{word}' in a search.");
            }

            // A property is followed by its value, or by several in parentheses.
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || word[0] == '"')
            {
                return metric => Values(metric).Any(value => Has(value, word));
            }

            var (property, value) = (word[..equals], word[(equals + 1)..]);
            if (value.Length > 0)
            {
                return metric => Property(metric, property).Any(candidate => Has(candidate, value));
            }

            if (Next() != "(")
            {
                throw new MathException($"The property {property} of a search has no value.");
            }

            var choices = new List<string>();
            for (_at++; Next() is { } choice && choice != ")"; _at++)
            {
                if (choice != "OR")
                {
                    choices.Add(choice);
                }
            }

            return Close(metric => Property(metric, property).Any(candidate => choices.Exists(choice => Has(candidate, choice))));
        }

        private Func<MetricId, bool> Close(Func<MetricId, bool> inner)
        {
            if (Next() != ")")
            {
                throw new MathException("A parenthesis of a search is not closed.");
            }

            _at++;
            return inner;
        }

        private string? Next() => _at < words.Count ? words[_at] : null;
    }

    private static IEnumerable<string> Values(MetricId metric) =>
        [metric.Namespace, metric.Name, .. metric.Dimensions.SelectMany(dimension => new[] { dimension.Name, dimension.Value })];

    private static IEnumerable<string> Property(MetricId metric, string property) => property.Trim('"') switch
    {
        "Namespace" => [metric.Namespace],
        "MetricName" => [metric.Name],
        "DimensionName" => metric.Dimensions.Select(dimension => dimension.Name),
        var name when name.StartsWith("Dimension.", StringComparison.Ordinal) => Dimension(metric, name["Dimension.".Length..]),
        var name => Dimension(metric, name),
    };

    private static IEnumerable<string> Dimension(MetricId metric, string name) =>
        metric.Dimensions.Where(dimension => dimension.Name == name).Select(dimension => dimension.Value);

    // In quotes the whole value is meant; otherwise its tokens, which end at other signs and at changes from small letters to capitals.
    private static bool Has(string value, string term)
    {
        if (term.StartsWith('"'))
        {
            return value.Equals(term.Trim('"'), StringComparison.OrdinalIgnoreCase);
        }

        var (tokens, wanted) = (Tokens(value), Tokens(term));
        return value.Equals(term, StringComparison.OrdinalIgnoreCase) || (wanted.Count > 0 && wanted.TrueForAll(tokens.Contains));
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var sign = i == text.Length || !char.IsLetterOrDigit(text[i]);
            var capital = !sign && i > start && char.IsUpper(text[i]) && !char.IsUpper(text[i - 1]);
            if ((sign || capital) && i > start)
            {
                tokens.Add(text[start..i].ToUpperInvariant());
            }

            start = sign ? i + 1 : capital ? i : start;
        }

        return tokens;
    }
}
