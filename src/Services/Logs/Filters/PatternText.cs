using System.Text;

namespace Haneul.Logs.Filters;

/// <summary>Reads the tokens of a pattern.</summary>
internal sealed class PatternText(string text)
{
    private int _at;

    /// <summary>The ways to members that were read.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>Where the next token begins.</summary>
    public int Position
    {
        get
        {
            SkipBlanks();
            return _at;
        }
    }

    /// <summary>What was read since a position.</summary>
    public string Since(int position) => text[position.._at];

    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _at == text.Length;
        }
    }

    public char Peek
    {
        get
        {
            SkipBlanks();
            return _at < text.Length ? text[_at] : '\0';
        }
    }

    /// <summary>Takes a symbol if it comes next.</summary>
    public bool Take(string symbol)
    {
        SkipBlanks();
        if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        _at += symbol.Length;
        return true;
    }

    /// <summary>Takes a word, in any case, if it comes next and ends there.</summary>
    public bool TakeWord(string word)
    {
        SkipBlanks();
        var end = _at + word.Length;
        if (string.Compare(text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0 || (end < text.Length && char.IsLetterOrDigit(text[end])))
        {
            return false;
        }

        _at = end;
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Wrong($"'{symbol}' was expected");
        }
    }

    /// <summary>Text in double quotes; a backslash takes the next character as it is.</summary>
    public string Quoted()
    {
        Expect("\"");
        var value = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                value.Append(text[++_at]);
            }
            else if (text[_at] == '"')
            {
                _at++;
                return value.ToString();
            }
            else
            {
                value.Append(text[_at]);
            }
        }

        throw Wrong("a closing quote is missing");
    }

    /// <summary>What stands between two percent signs.</summary>
    public string Expression()
    {
        Expect("%");
        var end = text.IndexOf('%', _at);
        if (end < 0)
        {
            throw Wrong("a closing percent sign is missing");
        }

        var value = text[_at..end];
        _at = end + 1;
        return value;
    }

    /// <summary>Characters up to a blank or one of these.</summary>
    public string Bare(string ends)
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !ends.Contains(text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        return _at > start ? text[start.._at] : throw Wrong("a value is missing");
    }

    public FormatException Wrong(string why) => new($"{why} at character {_at + 1}.");

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
