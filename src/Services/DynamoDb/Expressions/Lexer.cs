namespace Haneul.DynamoDb.Expressions;

internal enum TokenKind : byte
{
    End,
    Identifier,

    /// <summary><c>#name</c></summary>
    Name,

    /// <summary><c>:value</c></summary>
    Value,
    Digits,
    Symbol,
}

/// <summary>A piece of an expression.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Takes an expression apart and words its syntax errors. Moves forward only; a copy of it can be kept to come back to.</summary>
internal struct Lexer
{
    private readonly string _text;
    private readonly string _kind;
    private Token _before;
    private Token _current;

    /// <param name="text">The expression.</param>
    /// <param name="kind">The parameter's name, such as <c>ConditionExpression</c>.</param>
    public Lexer(string text, string kind)
    {
        _text = text;
        _kind = kind;
        _current = Next(0);
    }

    public readonly Token Current => _current;

    public readonly string Text(Token token) => _text.Substring(token.Start, token.Length);

    public readonly bool Is(char symbol) => _current.Kind == TokenKind.Symbol && _current.Length == 1 && _text[_current.Start] == symbol;

    public readonly bool Is(string symbol) =>
        _current.Kind == TokenKind.Symbol && _text.AsSpan(_current.Start, _current.Length).SequenceEqual(symbol);

    public readonly bool IsKeyword(string keyword) =>
        _current.Kind == TokenKind.Identifier
        && _text.AsSpan(_current.Start, _current.Length).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the symbol stands behind the current token.</summary>
    public readonly bool IsNext(char symbol)
    {
        var next = Next(_current.End);
        return next.Kind == TokenKind.Symbol && _text[next.Start] == symbol;
    }

    public Token Take()
    {
        var taken = _current;
        _before = taken;
        _current = Next(taken.End);
        return taken;
    }

    public bool TryTake(char symbol)
    {
        if (!Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    public bool TryTakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(char symbol)
    {
        if (!TryTake(symbol))
        {
            throw SyntaxError();
        }
    }

    /// <summary>The current token does not belong here; shown with its neighbours as AWS shows it.</summary>
    public readonly Kernel.Errors.ServiceException SyntaxError()
    {
        var token = _current.Kind == TokenKind.End ? "<EOF>" : Text(_current);
        var from = _before.Length > 0 ? _before.Start : _current.Start;
        var next = _current.Kind == TokenKind.End ? _current : Next(_current.End);
        var to = next.Kind == TokenKind.End ? _current.End : next.End;
        return Problem($"Syntax error; token: \"{token}\", near: \"{_text[from..to].TrimEnd()}\"");
    }

    public readonly Kernel.Errors.ServiceException Problem(string message) =>
        DynamoErrors.Validation($"Invalid {_kind}: {message}").ToException();

    private readonly Token Next(int at)
    {
        while (at < _text.Length && _text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        if (at >= _text.Length)
        {
            return new Token(TokenKind.End, _text.Length, 0);
        }

        var c = _text[at];
        if (char.IsAsciiLetter(c))
        {
            return new Token(TokenKind.Identifier, at, LengthOfWord(at));
        }

        if (c is '#' or ':' && LengthOfWord(at + 1) is var length and > 0)
        {
            return new Token(c == '#' ? TokenKind.Name : TokenKind.Value, at, length + 1);
        }

        if (char.IsAsciiDigit(c))
        {
            var end = at;
            while (end < _text.Length && char.IsAsciiDigit(_text[end]))
            {
                end++;
            }

            return new Token(TokenKind.Digits, at, end - at);
        }

        var two = at + 1 < _text.Length && (c, _text[at + 1]) is ('<', '>') or ('<', '=') or ('>', '=');
        return new Token(TokenKind.Symbol, at, two || char.IsHighSurrogate(c) && at + 1 < _text.Length ? 2 : 1);
    }

    private readonly int LengthOfWord(int at)
    {
        var end = at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        return end - at;
    }
}
