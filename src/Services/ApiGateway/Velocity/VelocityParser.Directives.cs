using Haneul.ApiGateway.Velocity.Nodes;

namespace Haneul.ApiGateway.Velocity;

/// <summary>Directives and comments.</summary>
internal sealed partial class VelocityParser
{
    private static readonly string[] s_directives =
        ["set", "if", "elseif", "else", "end", "foreach", "break", "stop", "define", "macro", "evaluate", "literal", "include", "parse"];

    private static bool IsDirective(string name) => Array.IndexOf(s_directives, name) >= 0;

    /// <summary>The name behind a hash, with or without braces.</summary>
    private string? DirectiveName(int hash, out int end)
    {
        var at = hash + 1;
        var braces = at < source.Length && source[at] == '{';
        at += braces ? 1 : 0;
        var start = at;
        while (at < source.Length && IsNameCharacter(source[at], at == start))
        {
            at++;
        }

        end = at + (braces ? 1 : 0);
        var isName = at > start && (!braces || (at < source.Length && source[at] == '}'));
        return isName ? source[start..at] : null;
    }

    // Null, with nothing taken, for a hash that is text.
    private Node? ParseHash()
    {
        var next = _at + 1 < source.Length ? source[_at + 1] : '\0';
        switch (next)
        {
            case '#':
                SkipLine();
                return null;
            case '*':
                SkipTo("*#");
                return null;
            case '[' when _at + 2 < source.Length && source[_at + 2] == '[':
                return ParseUnparsed();
            case '@':
                return ParseMacroCall(_at + 1);
        }

        if (DirectiveName(_at, out var end) is not { } name)
        {
            return null;
        }

        var start = _at;
        switch (name)
        {
            case "end" or "else":
                _at = end;
                _ended = name;
                SkipRestOfLine();
                return null;
            case "elseif":
                _at = end;
                _ended = name;
                return null;
            case "break" or "stop":
                _at = end;
                return new LeaveNode(name == "break");
            case "include" or "parse":
                throw Error($"#{name} is not supported");
        }

        _at = end;
        SkipBlanks(lines: name != "set");
        if (Current != '(')
        {
            _at = start;
            return IsDirective(name) ? throw Error($"#{name} needs a parenthesis") : null;
        }

        if (!IsDirective(name))
        {
            _at = start;
            return ParseMacroCall(start);
        }

        _at++;
        return name switch
        {
            "set" => ParseSet(),
            "if" => ParseIf(),
            "foreach" => ParseForeach(),
            "define" => ParseDefine(),
            "macro" => ParseMacro(),
            "evaluate" => ParseEvaluate(),
            _ => ParseLiteral(),
        };
    }

    private SetNode ParseSet()
    {
        SkipBlanks();
        var target = TryReference(out _) ?? throw Error("#set needs a reference");
        Expect('=');
        var value = ParseExpression();
        CloseDirective();
        return new SetNode(target, value);
    }

    private IfNode ParseIf()
    {
        var branches = new List<(Expression, Block)>();
        Block? otherwise = null;
        while (true)
        {
            var condition = ParseExpression();
            CloseDirective();
            branches.Add((condition, ParseInner()));
            if (_ended == "elseif")
            {
                Expect('(');
                continue;
            }

            if (_ended == "else")
            {
                otherwise = ParseInner();
            }

            if (_ended != "end")
            {
                throw Error($"#{_ended} is out of place");
            }

            _ended = "";
            return new IfNode(branches, otherwise);
        }
    }

    private ForeachNode ParseForeach()
    {
        var variable = VariableName("#foreach");
        SkipBlanks();
        if (!TakeWord("in"))
        {
            throw Error("#foreach needs 'in'");
        }

        var items = ParseExpression();
        CloseDirective();
        return new ForeachNode(variable, items, ParseBody());
    }

    private DefineNode ParseDefine()
    {
        var variable = VariableName("#define");
        CloseDirective();
        return new DefineNode(variable, ParseBody());
    }

    private MacroNode ParseMacro()
    {
        SkipBlanks();
        var name = ReadName() ?? throw Error("#macro needs a name");
        var parameters = new List<string>();
        while (true)
        {
            SkipBlanks();
            if (Current == ',')
            {
                _at++;
                continue;
            }

            if (Current == ')')
            {
                CloseDirective();
                return new MacroNode(name, new Macro(parameters, ParseBody()));
            }

            parameters.Add(VariableName("#macro"));
        }
    }

    private EvaluateNode ParseEvaluate()
    {
        var value = ParseExpression();
        CloseDirective();
        return new EvaluateNode(value);
    }

    private TextNode ParseLiteral()
    {
        CloseDirective();
        var end = source.IndexOf("#end", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("#literal is not closed by #end");
        }

        var text = source[_at..end];
        _at = end + "#end".Length;
        SkipRestOfLine();
        return new TextNode(text);
    }

    private TextNode ParseUnparsed()
    {
        var start = _at + 3;
        var end = source.IndexOf("]]#", start, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("#[[ is not closed by ]]#");
        }

        _at = end + 3;
        return new TextNode(source[start..end]);
    }

    // The arguments of a macro are divided by blanks or commas. What is not such a call is text.
    private MacroCall? ParseMacroCall(int hash)
    {
        var start = _at;
        var withBody = source[hash] == '@';
        if (DirectiveName(hash, out var end) is not { } name)
        {
            return null;
        }

        _at = end;
        SkipBlanks();
        if (Current != '(')
        {
            _at = start;
            return null;
        }

        _at++;
        var arguments = new List<Expression>();
        while (true)
        {
            SkipBlanks();
            if (Current == ',')
            {
                _at++;
                continue;
            }

            if (Current == ')')
            {
                _at++;
                break;
            }

            arguments.Add(ParseOperand());
        }

        var text = source[start.._at];
        SkipRestOfLine();
        return new MacroCall(name, arguments, withBody ? ParseBody() : null, text);
    }

    private Block ParseBody()
    {
        var body = ParseInner();
        if (_ended != "end")
        {
            throw Error($"#{_ended} is out of place");
        }

        _ended = "";
        return body;
    }

    private Block ParseInner()
    {
        _fresh = true;
        return ParseBlock(inside: true);
    }

    private string VariableName(string directive)
    {
        SkipBlanks();
        return TryReference(out _)?.PlainName ?? throw Error($"{directive} needs a variable");
    }

    // The parenthesis, and a line end that follows it.
    private void CloseDirective()
    {
        Expect(')');
        SkipRestOfLine();
    }

    private void SkipRestOfLine()
    {
        var at = _at;
        while (at < source.Length && source[at] is ' ' or '\t')
        {
            at++;
        }

        if (at < source.Length && source[at] == '\r')
        {
            at++;
            _at = at < source.Length && source[at] == '\n' ? at + 1 : at;
        }
        else if (at < source.Length && source[at] == '\n')
        {
            _at = at + 1;
        }
    }

    private void SkipLine()
    {
        var end = source.IndexOf('\n', _at);
        _at = end < 0 ? source.Length : end + 1;
        _taken = true;
    }

    private void SkipTo(string close)
    {
        var end = source.IndexOf(close, _at + 2, StringComparison.Ordinal);
        _at = end < 0 ? source.Length : end + close.Length;
        _taken = true;
    }
}
