using System.Globalization;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>Parses condition, filter and key condition expressions.</summary>
internal sealed class ConditionParser : ParserBase
{
    // Deeper than any honest expression, shallower than the stack.
    private const int MaxDepth = 150;

    private int _depth;

    private ConditionParser(string text, string kind, ExpressionScope scope)
        : base(text, kind, scope)
    {
    }

    /// <param name="text">The expression, or null.</param>
    /// <param name="kind">The parameter's name.</param>
    /// <param name="scope">Names and values.</param>
    /// <returns>The condition; null without an expression.</returns>
    public static Condition? Parse(string? text, string kind, ExpressionScope scope) => Parse(text, kind, scope, out _);

    /// <param name="text">The expression, or null.</param>
    /// <param name="kind">The parameter's name.</param>
    /// <param name="scope">Names and values.</param>
    /// <param name="paths">All paths in it.</param>
    public static Condition? Parse(string? text, string kind, ExpressionScope scope, out IReadOnlyList<DocumentPath> paths)
    {
        paths = [];
        if (text is null)
        {
            return null;
        }

        var parser = new ConditionParser(text, kind, scope);
        var condition = parser.ParseCondition(parser.ParseOr());
        parser.ExpectEnd();
        parser.ThrowProblems();
        paths = parser.Paths;
        return condition;
    }

    // Inside parentheses it shows only afterwards whether there was a condition or an operand: both are operands until then.
    private Operand ParseOr()
    {
        var left = ParseAnd();
        while (Lexer.IsKeyword("OR"))
        {
            var first = ParseCondition(left);
            Lexer.Take();
            CountOperator();
            left = new ConditionOperand(new Or(first, ParseCondition(ParseAnd())));
        }

        return left;
    }

    private Operand ParseAnd()
    {
        var left = ParseNot();
        while (Lexer.IsKeyword("AND"))
        {
            var first = ParseCondition(left);
            Lexer.Take();
            CountOperator();
            left = new ConditionOperand(new And(first, ParseCondition(ParseNot())));
        }

        return left;
    }

    private Operand ParseNot()
    {
        if (!Lexer.IsKeyword("NOT"))
        {
            return ParseComparison();
        }

        Enter();
        Lexer.Take();
        CountOperator();
        var negated = new Not(ParseCondition(ParseNot()));
        _depth--;
        return new ConditionOperand(negated);
    }

    private Operand ParseComparison()
    {
        var left = ParseOperand();
        if (Comparator() is { } comparator)
        {
            var sign = Lexer.Text(Lexer.Take());
            CountOperator();
            var right = ParseOperand();
            RefuseConditions(left, right);
            CheckDistinct(sign, left, right);
            if (comparator > Expressions.Comparator.NotEqual)
            {
                CheckOrdered(sign, left);
                CheckOrdered(sign, right);
            }

            return new ConditionOperand(new Comparison(comparator, left, right));
        }

        if (Lexer.TryTakeKeyword("BETWEEN"))
        {
            CountOperator();
            var lower = ParseOperand();
            if (!Lexer.TryTakeKeyword("AND"))
            {
                throw Unexpected();
            }

            var upper = ParseOperand();
            RefuseConditions(left, lower, upper);
            CheckOrdered("BETWEEN", left);
            CheckOrdered("BETWEEN", lower);
            CheckOrdered("BETWEEN", upper);
            CheckBounds(lower, upper);
            return new ConditionOperand(new Between(left, lower, upper));
        }

        if (Lexer.TryTakeKeyword("IN"))
        {
            CountOperator();
            Lexer.Expect('(');
            var candidates = new List<Operand> { ParseOperand() };
            while (Lexer.TryTake(','))
            {
                candidates.Add(ParseOperand());
            }

            Lexer.Expect(')');
            RefuseConditions([left, .. candidates]);
            if (candidates.Count > 100)
            {
                Note(Problem.OperandCount, Operands("IN", candidates.Count + 1));
            }

            return new ConditionOperand(new In(left, candidates));
        }

        return left;
    }

    private Operand ParseOperand()
    {
        if (Lexer.Current.Kind == TokenKind.Value)
        {
            return new ValueOperand(ParseValue());
        }

        if (Lexer.Current.Kind == TokenKind.Identifier && Lexer.IsNext('('))
        {
            return IsOperatorWord() ? throw Unexpected() : ParseFunction();
        }

        if (AtPath)
        {
            return IsOperatorWord() ? throw Unexpected() : new PathOperand(ParsePath());
        }

        if (!Lexer.Is('('))
        {
            throw Unexpected();
        }

        Enter();
        Lexer.Take();
        var doubled = Lexer.Is('(');
        var inner = ParseOr();
        if (doubled && _closedAt == Lexer.Current.Start)
        {
            Note(Problem.Parentheses, "The expression has redundant parentheses;");
        }

        Lexer.Expect(')');
        _closedAt = Lexer.Current.Start;
        _depth--;
        return inner;
    }

    // Where the text goes on behind the last parenthesis: parentheses that close there too enclose nothing else.
    private int _closedAt = -1;

    private Operand ParseFunction()
    {
        var name = Lexer.Text(Lexer.Take());
        Lexer.Expect('(');
        Enter();
        CountOperator();
        var operands = new List<Operand> { ParseOr() };
        while (Lexer.TryTake(','))
        {
            operands.Add(ParseOr());
        }

        Lexer.Expect(')');
        _depth--;
        RefuseConditions([.. operands]);
        int? expected = name switch
        {
            "attribute_exists" or "attribute_not_exists" or "size" => 1,
            "attribute_type" or "begins_with" or "contains" => 2,
            _ => null,
        };
        if (expected is null)
        {
            Note(Problem.UnknownFunction, $"Invalid function name; function: {name}");
            return new ConditionOperand(new Not(new Exists(DocumentPath.Of("x"), exists: true)));
        }

        if (operands.Count != expected)
        {
            Note(Problem.OperandCount, Operands(name, operands.Count));
            return new ConditionOperand(new Not(new Exists(DocumentPath.Of("x"), exists: true)));
        }

        if (operands.Count == 2)
        {
            CheckDistinct(name, operands[0], operands[1]);
        }

        return Call(name, operands);
    }

    private Operand Call(string name, List<Operand> operands)
    {
        switch (name)
        {
            case "size":
                if (operands[0].Known is ValueKind.Number or ValueKind.Null or ValueKind.True or ValueKind.False)
                {
                    NoteType(name, operands[0].Known);
                }

                return new SizeOperand(operands[0]);
            case "attribute_exists" or "attribute_not_exists":
                if (operands[0] is not PathOperand path)
                {
                    Note(Problem.OperandType, $"Operator or function requires a document path; operator or function: {name}");
                    path = new PathOperand(DocumentPath.Of("x"));
                }

                return new ConditionOperand(new Exists(path.Path, name == "attribute_exists"));
            case "attribute_type":
                return new ConditionOperand(new HasType(operands[0], TypeName(operands[1])));
            case "begins_with":
                foreach (var operand in operands)
                {
                    if (operand.Known is not (ValueKind.None or ValueKind.String or ValueKind.Binary))
                    {
                        NoteType(name, operand.Known);
                    }
                }

                return new ConditionOperand(new BeginsWith(operands[0], operands[1]));
            default:
                return new ConditionOperand(new Contains(operands[0], operands[1]));
        }
    }

    private ValueKind TypeName(Operand operand)
    {
        const string Name = "attribute_type";
        if (operand is not ValueOperand { Known: ValueKind.String } text)
        {
            Note(Problem.OperandType, $"Incorrect operand type for operator or function; operator or function: {Name}, operand type: "
                + (operand.Known == ValueKind.None ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : operand.Known.Name()));
            return ValueKind.None;
        }

        var name = Encoded.Payload(text.Value);
        if (!ValueKinds.TryParse(name, out var kind))
        {
            Note(Problem.OperandType, $"Invalid attribute type name found; type: {System.Text.Encoding.UTF8.GetString(name)}, "
                + "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }

        return kind;
    }

    private Condition ParseCondition(Operand operand)
    {
        switch (operand)
        {
            case ConditionOperand condition:
                return condition.Condition;
            case SizeOperand:
                Note(Problem.Misused, "The function is not allowed to be used this way in an expression; function: size");
                return new Exists(DocumentPath.Of("x"), exists: true);
            default:
                throw Unexpected();
        }
    }

    private void RefuseConditions(params ReadOnlySpan<Operand> operands)
    {
        foreach (var operand in operands)
        {
            if (operand is not ConditionOperand { Condition: var condition })
            {
                continue;
            }

            var function = condition switch
            {
                Exists exists => exists.Expected ? "attribute_exists" : "attribute_not_exists",
                HasType => "attribute_type",
                BeginsWith => "begins_with",
                Contains => "contains",
                _ => throw Unexpected(),
            };
            Note(Problem.Misused, $"The function is not allowed to be used this way in an expression; function: {function}");
        }
    }

    private void CheckDistinct(string name, Operand left, Operand right)
    {
        if (left is not PathOperand a || right is not PathOperand b || a.Path.Steps.Length != b.Path.Steps.Length)
        {
            return;
        }

        for (var i = 0; i < a.Path.Steps.Length; i++)
        {
            if (!a.Path.Steps[i].Same(b.Path.Steps[i]))
            {
                return;
            }
        }

        Note(Problem.Distinct, "The first operand must be distinct from the remaining operands for this operator or function; "
            + $"operator: {name}, first operand: {a.Path}");
    }

    private void CheckOrdered(string name, Operand operand)
    {
        if (operand.Known is not (ValueKind.None or ValueKind.String or ValueKind.Number or ValueKind.Binary))
        {
            NoteType(name, operand.Known);
        }
    }

    private void CheckBounds(Operand lower, Operand upper)
    {
        if (lower is not ValueOperand low || upper is not ValueOperand high)
        {
            return;
        }

        var shown = $"lower bound operand: AttributeValue: {Encoded.Show(low.Value)}, upper bound operand: AttributeValue: {Encoded.Show(high.Value)}";
        if (low.Known != high.Known)
        {
            Note(Problem.OperandType, "The BETWEEN operator requires same data type for lower and upper bounds; " + shown);
        }
        else if (Encoded.Compare(low.Value, high.Value) > 0)
        {
            Note(Problem.OperandType, "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; " + shown);
        }
    }

    private void NoteType(string name, ValueKind kind) => Note(
        Problem.OperandType, $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {kind.Name()}");

    private static string Operands(string name, int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {count}");

    private Comparator? Comparator() => Lexer.Current.Kind != TokenKind.Symbol ? null : Lexer.Text(Lexer.Current) switch
    {
        "=" => Expressions.Comparator.Equal,
        "<>" => Expressions.Comparator.NotEqual,
        "<" => Expressions.Comparator.Less,
        "<=" => Expressions.Comparator.LessOrEqual,
        ">" => Expressions.Comparator.Greater,
        ">=" => Expressions.Comparator.GreaterOrEqual,
        _ => null,
    };

    private bool IsOperatorWord() =>
        Lexer.IsKeyword("AND") || Lexer.IsKeyword("OR") || Lexer.IsKeyword("NOT") || Lexer.IsKeyword("BETWEEN") || Lexer.IsKeyword("IN");

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw Lexer.Problem("The expression is nested too deeply;");
        }
    }
}
