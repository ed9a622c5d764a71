using System.Globalization;
using System.Text;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Expressions;

/// <summary>What all expression languages share: paths, placeholders, limits, and complaints that wait for their turn.</summary>
/// <remarks>
/// AWS parses an expression to its end before it says what else is wrong with it, and then names the first complaint in a fixed order.
/// </remarks>
internal abstract class ParserBase
{
    /// <summary>The longest expression, in bytes.</summary>
    public const int MaxLength = 4096;

    /// <summary>The most operators and functions in an expression.</summary>
    public const int MaxOperators = 300;

    protected ParserBase(string text, string kind, ExpressionScope scope)
    {
        Scope = scope;
        Kind = kind;
        if (text.Length == 0)
        {
            DynamoErrors.Throw($"Invalid {kind}: The expression can not be empty;");
        }

        if (Encoding.UTF8.GetByteCount(text) is var size and > MaxLength)
        {
            DynamoErrors.Throw(string.Create(
                CultureInfo.InvariantCulture, $"Invalid {kind}: Expression size has exceeded the maximum allowed size; expression size: {size}"));
        }

        Lexer = new Lexer(text, kind);
    }

    // A mutable struct that parsers advance: a field on purpose.
#pragma warning disable CA1051
    protected Lexer Lexer;
#pragma warning restore CA1051

    private readonly string?[] _problems = new string?[(int)Problem.Last + 1];
    private int _operators;

    /// <summary>What may be wrong with an expression that parses, in the order of importance.</summary>
    protected enum Problem
    {
        Parentheses,
        Reserved,
        UnknownFunction,
        Misused,
        Section,
        Undefined,
        Overlap,
        OperandCount,
        Distinct,
        OperandType,
        Last = OperandType,
    }

    /// <summary>All paths of the expression.</summary>
    protected List<DocumentPath> Paths { get; } = [];

    protected ExpressionScope Scope { get; }

    protected string Kind { get; }

    protected void Note(Problem problem, string message) => _problems[(int)problem] ??= message;

    protected void ThrowProblems()
    {
        foreach (var problem in _problems)
        {
            if (problem is not null)
            {
                throw Lexer.Problem(problem);
            }
        }
    }

    protected void ExpectEnd()
    {
        if (Lexer.Current.Kind != TokenKind.End)
        {
            throw Lexer.SyntaxError();
        }
    }

    protected void CountOperator()
    {
        if (++_operators > MaxOperators)
        {
            throw Lexer.Problem(string.Create(
                CultureInfo.InvariantCulture, $"The expression contains more than the maximum number of operators; maximum: {MaxOperators}"));
        }
    }

    protected bool AtPath => Lexer.Current.Kind is TokenKind.Identifier or TokenKind.Name;

    protected DocumentPath ParsePath()
    {
        if (!AtPath)
        {
            throw Lexer.SyntaxError();
        }

        var steps = new List<PathStep>(2) { ParseName() };
        while (true)
        {
            if (Lexer.TryTake('.'))
            {
                if (!AtPath)
                {
                    throw Lexer.SyntaxError();
                }

                steps.Add(ParseName());
            }
            else if (Lexer.TryTake('['))
            {
                if (Lexer.Current.Kind != TokenKind.Digits)
                {
                    throw Lexer.SyntaxError();
                }

                var digits = Lexer.Text(Lexer.Current);
                if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                {
                    throw Lexer.Problem($"List index is not within the allowable range; index: [{digits}]");
                }

                Lexer.Take();
                Lexer.Expect(']');
                steps.Add(PathStep.Of(index));
            }
            else
            {
                break;
            }
        }

        if (steps.Count > DocumentPath.MaxSteps)
        {
            throw Lexer.Problem(string.Create(
                CultureInfo.InvariantCulture, $"The document path has too many nesting elements; nesting levels: {steps.Count}"));
        }

        var path = new DocumentPath([.. steps]);
        Paths.Add(path);
        return path;
    }

    protected byte[] ParseValue()
    {
        var token = Lexer.Take();
        var placeholder = Lexer.Text(token);
        if (Scope.Value(placeholder) is { } value)
        {
            return value;
        }

        Note(Problem.Undefined, $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
        return [(byte)Values.ValueKind.Null];
    }

    protected ServiceException Unexpected() => Lexer.SyntaxError();

    private PathStep ParseName()
    {
        var token = Lexer.Take();
        var text = Lexer.Text(token);
        if (token.Kind == TokenKind.Name)
        {
            if (Scope.Name(text) is { } name)
            {
                return PathStep.Of(name);
            }

            Note(Problem.Undefined, $"An expression attribute name used in the document path is not defined; attribute name: {text}");
        }
        else if (ReservedWords.Contains(text))
        {
            Note(Problem.Reserved, $"Attribute name is a reserved keyword; reserved keyword: {text}");
        }

        return PathStep.Of(text);
    }
}
