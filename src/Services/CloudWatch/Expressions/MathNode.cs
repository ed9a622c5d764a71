namespace Haneul.CloudWatch.Expressions;

/// <summary>A part of a parsed expression.</summary>
internal abstract record MathNode;

internal sealed record NumberNode(double Value) : MathNode;

internal sealed record TextNode(string Text) : MathNode;

/// <summary>The id of a query, or a word that a function knows, such as <c>REPEAT</c>.</summary>
internal sealed record NameNode(string Name) : MathNode;

internal sealed record ListNode(IReadOnlyList<MathNode> Items) : MathNode;

internal sealed record CallNode(string Function, IReadOnlyList<MathNode> Arguments) : MathNode;

internal sealed record NegateNode(MathNode Operand) : MathNode;

internal sealed record BinaryNode(MathOperator Operator, MathNode Left, MathNode Right) : MathNode;

internal enum MathOperator : byte
{
    Or,
    And,
    Equal,
    NotEqual,
    LessOrEqual,
    GreaterOrEqual,
    Less,
    Greater,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}
