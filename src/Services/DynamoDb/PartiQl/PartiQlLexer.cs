using System.Text;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.PartiQl;

internal enum PartiQlToken : byte
{
    End,
    Word,

    /// <summary><c>"name"</c></summary>
    Quoted,

    /// <summary><c>'text'</c></summary>
    Text,
    Number,
    Symbol,

    /// <summary><c>?</c></summary>
    Parameter,
}

/// <summary>Takes a statement apart, one piece ahead of the parser.</summary>
internal struct PartiQlLexer
{
    private readonly string _text;
    private int _end;

    public PartiQlLexer(string text)
    {
        _text = text;
        Take();
    }

    public PartiQlToken Kind { get; private set; }

    /// <summary>The piece, without quotes.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Where the piece begins.</summary>
    public int Start { get; private set; }

    public readonly bool IsWord(string word) => Kind == PartiQlToken.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public readonly bool Is(string symbol) => Kind == PartiQlToken.Symbol && Value == symbol;

    public bool TryWord(string word)
    {
        if (!IsWord(word))
        {
            return false;
        }

        Take();
        return true;
    }

    public void ExpectWord(string word)
    {
        if (!TryWord(word))
        {
            throw Unexpected();
        }
    }

    public bool Try(string symbol)
    {
        if (!Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Try(symbol))
        {
            throw Unexpected();
        }
    }

    public readonly ServiceException Unexpected() => Malformed(
        Kind == PartiQlToken.End ? "Unexpected end of statement" : string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"Unexpected term: '{Value}' at 1:{Start + 1}"));

    public static ServiceException Malformed(string why) =>
        DynamoErrors.Validation($"Statement wasn't well formed, can't be processed: {why}").ToException();

    public void Take()
    {
        while (_end < _text.Length && char.IsWhiteSpace(_text[_end]))
        {
            _end++;
        }

        Start = _end;
        if (_end >= _text.Length)
        {
            Kind = PartiQlToken.End;
            Value = "";
            return;
        }

        var c = _text[_end];
        if (c is '\'' or '"')
        {
            Kind = c == '"' ? PartiQlToken.Quoted : PartiQlToken.Text;
            Value = TakeQuoted(c);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            Kind = PartiQlToken.Word;
            Value = TakeWhile(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && _end + 1 < _text.Length && char.IsAsciiDigit(_text[_end + 1])))
        {
            Kind = PartiQlToken.Number;
            Value = TakeNumber();
        }
        else if (c == '?')
        {
            Kind = PartiQlToken.Parameter;
            Value = "?";
            _end++;
        }
        else
        {
            Kind = PartiQlToken.Symbol;
            var two = _end + 1 < _text.Length ? _text.Substring(_end, 2) : "";
            Value = two is "<<" or ">>" or "<=" or ">=" or "<>" or "!=" or "||" ? two : c.ToString();
            _end += Value.Length;
        }
    }

    // A quote inside is written twice.
    private string TakeQuoted(char quote)
    {
        var text = new StringBuilder();
        for (_end++; _end < _text.Length; _end++)
        {
            if (_text[_end] != quote)
            {
                text.Append(_text[_end]);
            }
            else if (_end + 1 < _text.Length && _text[_end + 1] == quote)
            {
                text.Append(quote);
                _end++;
            }
            else
            {
                _end++;
                return text.ToString();
            }
        }

        throw Malformed("Unterminated literal");
    }

    private string TakeWhile(Func<char, bool> part)
    {
        var start = _end;
        while (_end < _text.Length && part(_text[_end]))
        {
            _end++;
        }

        return _text[start.._end];
    }

    private string TakeNumber()
    {
        var number = TakeWhile(static c => char.IsAsciiDigit(c) || c == '.');
        if (_end < _text.Length && _text[_end] is 'e' or 'E')
        {
            var start = _end++;
            _end += _end < _text.Length && _text[_end] is '+' or '-' ? 1 : 0;
            TakeWhile(char.IsAsciiDigit);
            number += _text[start.._end];
        }

        return number;
    }
}
