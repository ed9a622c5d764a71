using System.Globalization;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>
/// Parses update expressions.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html"/>
/// </summary>
internal sealed class UpdateParser : ParserBase
{
    private static readonly string[] s_sections = ["SET", "REMOVE", "ADD", "DELETE"];

    private readonly List<UpdateAction> _actions = [];

    private int _depth;

    private UpdateParser(string text, ExpressionScope scope)
        : base(text, "UpdateExpression", scope)
    {
    }

    public static IReadOnlyList<UpdateAction> Parse(string text, ExpressionScope scope)
    {
        var parser = new UpdateParser(text, scope);
        parser.ParseSections();
        if (DocumentPath.Clash([.. parser._actions.Select(action => action.Path)]) is { } clash)
        {
            parser.Note(Problem.Overlap, clash);
        }

        parser.ThrowProblems();
        return parser._actions;
    }

    private void ParseSections()
    {
        var seen = new HashSet<UpdateKind>();
        while (true)
        {
            var section = Array.FindIndex(s_sections, word => Lexer.IsKeyword(word));
            if (section < 0)
            {
                throw Unexpected();
            }

            Lexer.Take();
            if (!seen.Add((UpdateKind)section))
            {
                Note(Problem.Section, $"The \"{s_sections[section]}\" section can only be used once in an update expression;");
            }

            do
            {
                CountOperator();
                _actions.Add(ParseAction((UpdateKind)section));
            }
            while (Lexer.TryTake(','));
            if (Lexer.Current.Kind == TokenKind.End)
            {
                return;
            }
        }
    }

    private UpdateAction ParseAction(UpdateKind kind)
    {
        if (AtPath && Array.Exists(s_sections, word => Lexer.IsKeyword(word)))
        {
            throw Unexpected();
        }

        var path = ParsePath();
        switch (kind)
        {
            case UpdateKind.Set:
                Lexer.Expect('=');
                return new UpdateAction(kind, path, ParseSum());
            case UpdateKind.Remove:
                return new UpdateAction(kind, path, null);
            default:
                if (Lexer.Current.Kind != TokenKind.Value)
                {
                    throw Unexpected();
                }

                var value = new UpdateValue(ParseValue());
                CheckOperand(kind, value.Known);
                return new UpdateAction(kind, path, value);
        }
    }

    private void CheckOperand(UpdateKind kind, ValueKind operand)
    {
        if (!operand.IsSet() && (kind == UpdateKind.Delete || operand != ValueKind.Number))
        {
            var section = s_sections[(int)kind];
            Note(
                Problem.OperandType,
                $"Incorrect operand type for operator or function; operator: {section}, operand type: {operand.LongName()}, "
                + $"typeSet: ALLOWED_FOR_{section}_OPERAND");
        }
    }

    private UpdateOperand ParseSum()
    {
        var left = ParseTerm();
        if (!Lexer.Is('+') && !Lexer.Is('-'))
        {
            return left;
        }

        CountOperator();
        var sign = Lexer.Text(Lexer.Take());
        var right = ParseTerm();
        CheckNumber(sign, left);
        CheckNumber(sign, right);
        return new Arithmetic(left, right, minus: sign == "-");
    }

    private UpdateOperand ParseTerm()
    {
        if (Lexer.Current.Kind == TokenKind.Value)
        {
            return new UpdateValue(ParseValue());
        }

        if (Lexer.Current.Kind == TokenKind.Identifier && Lexer.IsNext('('))
        {
            return ParseFunction();
        }

        if (!Lexer.TryTake('('))
        {
            return new UpdatePath(ParsePath());
        }

        Enter();
        var doubled = Lexer.Is('(');
        var inner = ParseSum();
        if (doubled && inner is not Arithmetic)
        {
            Note(Problem.Parentheses, "The expression has redundant parentheses;");
        }

        Lexer.Expect(')');
        _depth--;
        return inner;
    }

    private UpdateOperand ParseFunction()
    {
        var name = Lexer.Text(Lexer.Take());
        Lexer.Expect('(');
        Enter();
        CountOperator();
        var operands = new List<UpdateOperand> { ParseSum() };
        while (Lexer.TryTake(','))
        {
            operands.Add(ParseSum());
        }

        Lexer.Expect(')');
        _depth--;
        if (name is not ("if_not_exists" or "list_append"))
        {
            Note(Problem.UnknownFunction, $"Invalid function name; function: {name}");
            return operands[0];
        }

        if (operands.Count != 2)
        {
            Note(Problem.OperandCount, string.Create(
                CultureInfo.InvariantCulture,
                $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {operands.Count}"));
            return operands[0];
        }

        if (name == "list_append")
        {
            foreach (var operand in operands)
            {
                if (operand.Known is not (ValueKind.None or ValueKind.List))
                {
                    NoteType(name, operand.Known);
                }
            }

            return new ListAppend(operands[0], operands[1]);
        }

        if (operands[0] is UpdatePath path)
        {
            return new IfNotExists(path.Path, operands[1]);
        }

        Note(Problem.OperandType, $"Operator or function requires a document path; operator or function: {name}");
        return operands[0];
    }

    private void CheckNumber(string sign, UpdateOperand operand)
    {
        if (operand.Known is not (ValueKind.None or ValueKind.Number))
        {
            NoteType(sign, operand.Known);
        }
    }

    private void NoteType(string name, ValueKind kind) => Note(
        Problem.OperandType, $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {kind.Name()}");

    private void Enter()
    {
        if (++_depth > 150)
        {
            throw Lexer.Problem("The expression is nested too deeply;");
        }
    }
}
