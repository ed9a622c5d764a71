using Haneul.CloudWatch.Contracts;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// The rule of a composite alarm, such as <c>ALARM(a) AND NOT OK("b")</c>.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"/>
/// </summary>
internal sealed class AlarmRule
{
    private const int MaxDepth = 64;
    private const int MaxAlarms = 100;
    private readonly Func<Func<string, string?>, bool> _holds;

    private AlarmRule(IReadOnlyList<string> alarms, Func<Func<string, string?>, bool> holds) => (Alarms, _holds) = (alarms, holds);

    /// <summary>The names of the alarms that it asks about.</summary>
    public IReadOnlyList<string> Alarms { get; }

    /// <param name="stateOf">The state of an alarm; null if it is gone.</param>
    public bool Holds(Func<string, string?> stateOf) => _holds(stateOf);

    /// <exception cref="FormatException">The text is no rule.</exception>
    public static AlarmRule Parse(string text)
    {
        var parser = new Parser(text);
        var holds = parser.Or();
        parser.End();
        return parser.Alarms.Count <= MaxAlarms
            ? new AlarmRule([.. parser.Alarms], holds)
            : throw new FormatException($"The rule refers to more than {MaxAlarms} alarms.");
    }

    private sealed class Parser(string text)
    {
        private int _at;
        private int _depth;

        public HashSet<string> Alarms { get; } = new(StringComparer.Ordinal);

        public Func<Func<string, string?>, bool> Or()
        {
            if (++_depth > MaxDepth)
            {
                throw new FormatException("The rule is nested too deeply.");
            }

            var left = And();
            while (TryWord("OR"))
            {
                var (first, second) = (left, And());
                left = states => first(states) || second(states);
            }

            _depth--;
            return left;
        }

        public void End()
        {
            SkipSpace();
            if (_at < text.Length)
            {
                throw new FormatException($"Unexpected '{text[_at]}' at position {_at + 1}.");
            }
        }

        private Func<Func<string, string?>, bool> And()
        {
            var left = Not();
            while (TryWord("AND"))
            {
                var (first, second) = (left, Not());
                left = states => first(states) && second(states);
            }

            return left;
        }

        private Func<Func<string, string?>, bool> Not()
        {
            var negate = false;
            while (TryWord("NOT"))
            {
                negate = !negate;
            }

            var inner = Primary();
            return negate ? states => !inner(states) : inner;
        }

        private Func<Func<string, string?>, bool> Primary()
        {
            if (TryWord("TRUE"))
            {
                return static _ => true;
            }

            if (TryWord("FALSE"))
            {
                return static _ => false;
            }

            foreach (var state in (string[])[StateValue.InsufficientData, StateValue.Alarm, StateValue.Ok])
            {
                if (TryWord(state))
                {
                    Take('(');
                    var alarm = AlarmArn.Name(Name());
                    Take(')');
                    Alarms.Add(alarm);
                    return states => states(alarm) == state;
                }
            }

            if (TryWord("AT_LEAST"))
            {
                throw new FormatException("Haneul does not support AT_LEAST in alarm rules yet.");
            }

            Take('(');
            var inner = Or();
            Take(')');
            return inner;
        }

        // In quotes or not; names without may hold anything but spaces, commas and parentheses.
        private string Name()
        {
            SkipSpace();
            var quoted = _at < text.Length && text[_at] == '"';
            var start = quoted ? ++_at : _at;
            while (_at < text.Length && (quoted ? text[_at] != '"' : !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or ',')))
            {
                _at++;
            }

            var name = text[start.._at];
            if (quoted)
            {
                Take('"');
            }

            return name.Length > 0 ? name : throw new FormatException("An alarm's name is missing.");
        }

        private bool TryWord(string word)
        {
            SkipSpace();
            var end = _at + word.Length;
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0
                || (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')))
            {
                return false;
            }

            _at = end;
            return true;
        }

        private void Take(char expected)
        {
            SkipSpace();
            if (_at == text.Length || text[_at] != expected)
            {
                throw new FormatException(_at == text.Length ? "Unexpected end of the rule." : $"Unexpected '{text[_at]}' at position {_at + 1}.");
            }

            _at++;
        }

        private void SkipSpace()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
        }
    }
}
