using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>Parses what follows WHERE into the conditions that expressions have too.</summary>
internal sealed class PartiQlConditions(PartiQlCursor cursor, PartiQlValues values)
{
    private const int MaxDepth = 100;

    private int _depth;

    public Condition Parse()
    {
        if (++_depth > MaxDepth)
        {
            throw PartiQlLexer.Malformed("The condition is nested too deeply");
        }

        var left = ParseAnd();
        while (cursor.Lexer.TryWord("OR"))
        {
            left = new Or(left, ParseAnd());
        }

        _depth--;
        return left;
    }

    private Condition ParseAnd()
    {
        var left = ParseNot();
        while (cursor.Lexer.TryWord("AND"))
        {
            left = new And(left, ParseNot());
        }

        return left;
    }

    private Condition ParseNot()
    {
        if (!cursor.Lexer.TryWord("NOT"))
        {
            return ParsePrimary();
        }

        if (++_depth > MaxDepth)
        {
            throw PartiQlLexer.Malformed("The condition is nested too deeply");
        }

        var negated = new Not(ParseNot());
        _depth--;
        return negated;
    }

    private Condition ParsePrimary()
    {
        ref var lexer = ref cursor.Lexer;
        if (lexer.Try("("))
        {
            var inner = Parse();
            lexer.Expect(")");
            return inner;
        }

        foreach (var function in (string[])["begins_with", "contains", "attribute_type", "attribute_exists", "attribute_not_exists"])
        {
            if (lexer.TryWord(function))
            {
                return ParseFunction(function);
            }
        }

        return ParseComparison(ParseOperand());
    }

    private Condition ParseFunction(string function)
    {
        ref var lexer = ref cursor.Lexer;
        lexer.Expect("(");
        var path = new PathOperand(values.ParsePath());
        if (function is "attribute_exists" or "attribute_not_exists")
        {
            lexer.Expect(")");
            return new Exists(path.Path, function == "attribute_exists");
        }

        lexer.Expect(",");
        var operand = ParseOperand();
        lexer.Expect(")");
        if (function == "attribute_type")
        {
            var kind = ValueKind.None;
            DynamoErrors.ThrowIf(
                operand is not ValueOperand { Known: ValueKind.String } text || !ValueKinds.TryParse(Encoded.Payload(text.Value), out kind),
                "Invalid attribute type name found");
            return new HasType(path, kind);
        }

        return function == "contains" ? new Contains(path, operand) : new BeginsWith(path, operand);
    }

    private Condition ParseComparison(Operand left)
    {
        ref var lexer = ref cursor.Lexer;
        if (lexer.TryWord("IS"))
        {
            var not = lexer.TryWord("NOT");
            if (left is not PathOperand path)
            {
                throw lexer.Unexpected();
            }

            Condition condition;
            if (lexer.TryWord("NULL"))
            {
                condition = new HasType(path, ValueKind.Null);
            }
            else
            {
                lexer.ExpectWord("MISSING");
                condition = new Exists(path.Path, exists: false);
            }

            return not ? new Not(condition) : condition;
        }

        var negated = lexer.TryWord("NOT");
        if (lexer.TryWord("BETWEEN"))
        {
            var lower = ParseOperand();
            lexer.ExpectWord("AND");
            Condition between = new Between(left, lower, ParseOperand());
            return negated ? new Not(between) : between;
        }

        if (lexer.TryWord("IN"))
        {
            Condition within = new In(left, ParseCandidates());
            return negated ? new Not(within) : within;
        }

        Comparator? comparator = lexer.Kind != PartiQlToken.Symbol || negated ? null : lexer.Value switch
        {
            "=" => Comparator.Equal,
            "<>" or "!=" => Comparator.NotEqual,
            "<" => Comparator.Less,
            "<=" => Comparator.LessOrEqual,
            ">" => Comparator.Greater,
            ">=" => Comparator.GreaterOrEqual,
            _ => null,
        };
        if (comparator is null)
        {
            throw lexer.Unexpected();
        }

        lexer.Take();
        var right = ParseOperand();
        Condition comparison = new Comparison(comparator.Value, left, right);

        // A comparison with what is missing is neither true nor false here.
        return comparator == Comparator.NotEqual && left is PathOperand missing ? new And(new Exists(missing.Path, exists: true), comparison) : comparison;
    }

    private List<Operand> ParseCandidates()
    {
        ref var lexer = ref cursor.Lexer;
        var close = lexer.Try("[") ? "]" : ")";
        if (close == ")")
        {
            lexer.Expect("(");
        }

        var candidates = new List<Operand>();
        do
        {
            candidates.Add(ParseOperand());
        }
        while (lexer.Try(","));
        lexer.Expect(close);
        return candidates;
    }

    private Operand ParseOperand()
    {
        ref var lexer = ref cursor.Lexer;
        if (lexer.TryWord("size"))
        {
            lexer.Expect("(");
            var path = values.ParsePath();
            lexer.Expect(")");
            return new SizeOperand(new PathOperand(path));
        }

        return values.AtPath ? new PathOperand(values.ParsePath()) : new ValueOperand(values.ParseValue());
    }
}
