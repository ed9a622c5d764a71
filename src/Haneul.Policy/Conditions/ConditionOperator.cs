namespace Haneul.Policy.Conditions;

/// <summary>
/// What a condition compares, without its negation.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"/>
/// </summary>
internal enum Comparison : byte
{
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    NumericEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    ArnLike,
    Null,
}

/// <summary>How the values of a key with several values are taken together.</summary>
internal enum Quantifier : byte
{
    None,
    AllValues,
    AnyValue,
}

/// <summary>A condition operator: <c>ForAnyValue:StringNotLikeIfExists</c> in parts.</summary>
internal readonly record struct ConditionOperator(Comparison Comparison, bool Negated, Quantifier Quantifier, bool IfExists)
{
    public static bool TryParse(ReadOnlySpan<char> text, out ConditionOperator result)
    {
        result = default;
        var quantifier = Quantifier.None;
        if (text.StartsWith("ForAllValues:", StringComparison.Ordinal))
        {
            quantifier = Quantifier.AllValues;
        }
        else if (text.StartsWith("ForAnyValue:", StringComparison.Ordinal))
        {
            quantifier = Quantifier.AnyValue;
        }

        text = quantifier == Quantifier.None ? text : text[(text.IndexOf(':') + 1)..];
        var ifExists = text.EndsWith("IfExists", StringComparison.Ordinal);
        text = ifExists ? text[..^"IfExists".Length] : text;
        if (Find(text) is not var (comparison, negated) || (comparison == Comparison.Null && (ifExists || quantifier != Quantifier.None)))
        {
            return false;
        }

        result = new ConditionOperator(comparison, negated, quantifier, ifExists);
        return true;
    }

    private static (Comparison Comparison, bool Negated)? Find(ReadOnlySpan<char> name) => name switch
    {
        "StringEquals" => (Comparison.StringEquals, false),
        "StringNotEquals" => (Comparison.StringEquals, true),
        "StringEqualsIgnoreCase" => (Comparison.StringEqualsIgnoreCase, false),
        "StringNotEqualsIgnoreCase" => (Comparison.StringEqualsIgnoreCase, true),
        "StringLike" => (Comparison.StringLike, false),
        "StringNotLike" => (Comparison.StringLike, true),
        "NumericEquals" => (Comparison.NumericEquals, false),
        "NumericNotEquals" => (Comparison.NumericEquals, true),
        "NumericLessThan" => (Comparison.NumericLessThan, false),
        "NumericLessThanEquals" => (Comparison.NumericLessThanEquals, false),
        "NumericGreaterThan" => (Comparison.NumericGreaterThan, false),
        "NumericGreaterThanEquals" => (Comparison.NumericGreaterThanEquals, false),
        "DateEquals" => (Comparison.DateEquals, false),
        "DateNotEquals" => (Comparison.DateEquals, true),
        "DateLessThan" => (Comparison.DateLessThan, false),
        "DateLessThanEquals" => (Comparison.DateLessThanEquals, false),
        "DateGreaterThan" => (Comparison.DateGreaterThan, false),
        "DateGreaterThanEquals" => (Comparison.DateGreaterThanEquals, false),
        "Bool" => (Comparison.Bool, false),
        "BinaryEquals" => (Comparison.BinaryEquals, false),
        "IpAddress" => (Comparison.IpAddress, false),
        "NotIpAddress" => (Comparison.IpAddress, true),
        "ArnEquals" or "ArnLike" => (Comparison.ArnLike, false),
        "ArnNotEquals" or "ArnNotLike" => (Comparison.ArnLike, true),
        "Null" => (Comparison.Null, false),
        _ => null,
    };
}
