using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>A parsed statement, in the terms of the operations that do it.</summary>
/// <param name="Table">A name or an ARN.</param>
internal abstract record Statement(string Table)
{
    /// <summary>The action that a policy allows.</summary>
    public abstract string Action { get; }

    /// <summary>Which items it is about, for statements that say so.</summary>
    public virtual Condition? Condition => null;

    /// <summary>The attributes that it speaks of.</summary>
    public IReadOnlyCollection<string> Attributes { get; init; } = [];
}

/// <param name="Table">A name or an ARN.</param>
/// <param name="Index">The index to read, or null.</param>
/// <param name="Paths">What is wanted of each item; null for all.</param>
/// <param name="Where">Which items.</param>
/// <param name="OrderBy">Attributes with whether they descend.</param>
internal sealed record SelectStatement(
    string Table, string? Index, IReadOnlyList<DocumentPath>? Paths, Condition? Where, IReadOnlyList<(string Attribute, bool Descending)> OrderBy)
    : Statement(Table)
{
    public override string Action => "dynamodb:PartiQLSelect";

    public override Condition? Condition => Where;
}

internal sealed record InsertStatement(string Table, AttributeMap Item) : Statement(Table)
{
    public override string Action => "dynamodb:PartiQLInsert";
}

/// <param name="Table">A name or an ARN.</param>
/// <param name="Actions">What is done.</param>
/// <param name="Where">To which item, and what must hold of it.</param>
/// <param name="Returning">What is returned, as for <c>ReturnValues</c>.</param>
internal sealed record UpdateStatement(string Table, IReadOnlyList<UpdateAction> Actions, Condition? Where, string? Returning) : Statement(Table)
{
    public override string Action => "dynamodb:PartiQLUpdate";

    public override Condition? Condition => Where;
}

internal sealed record DeleteStatement(string Table, Condition? Where, string? Returning) : Statement(Table)
{
    public override string Action => "dynamodb:PartiQLDelete";

    public override Condition? Condition => Where;
}

/// <summary>Only in transactions: an item must be there.</summary>
internal sealed record ExistsStatement(string Table, Condition? Where) : Statement(Table)
{
    public override string Action => "dynamodb:PartiQLSelect";

    public override Condition? Condition => Where;
}
