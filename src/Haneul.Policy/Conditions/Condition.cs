using Haneul.Policy.Matching;

namespace Haneul.Policy.Conditions;

/// <summary>One operator and key of a statement's condition block, with the values that the policy lists.</summary>
internal sealed class Condition
{
    private readonly ConditionOperator _operator;
    private readonly TextPattern[] _values;
    private readonly ArnPattern[] _arns;

    public Condition(string operatorName, ConditionOperator op, string key, IReadOnlyList<string> values, bool variables)
    {
        OperatorName = operatorName;
        Key = key;
        Values = values;
        _operator = op;
        _values = op.Comparison == Comparison.ArnLike
            ? []
            : [.. values.Select(value => TextPattern.Parse(value, wildcards: op.Comparison == Comparison.StringLike, variables))];
        _arns = op.Comparison == Comparison.ArnLike ? [.. values.Select(value => ArnPattern.Parse(value, variables))] : [];
    }

    /// <summary>As the policy writes it, such as <c>ForAnyValue:StringLike</c>.</summary>
    public string OperatorName { get; }

    public string Key { get; }

    public IReadOnlyList<string> Values { get; }

    public ConditionOperator Operator => _operator;

    /// <summary>
    /// Whether the request meets the condition. A missing key fails what is asserted and passes what is negated.
    /// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"/>
    /// </summary>
    public bool Holds(IConditionKeys keys)
    {
        var actual = keys.Find(Key);
        if (_operator.Comparison == Comparison.Null)
        {
            return AnyValue(actual.Exists ? "false" : "true", keys);
        }

        if (actual.Count == 0)
        {
            return _operator.IfExists
                || _operator.Quantifier == Quantifier.AllValues
                || (_operator.Negated && _operator.Quantifier == Quantifier.None);
        }

        // Without a quantifier a negated operator denies all of the values, and an asserted one wants any of them.
        var all = _operator.Quantifier == Quantifier.AllValues || (_operator.Quantifier == Quantifier.None && _operator.Negated);
        for (var i = 0; i < actual.Count; i++)
        {
            if ((AnyValue(actual[i], keys) != _operator.Negated) != all)
            {
                return !all;
            }
        }

        return all;
    }

    private bool AnyValue(string actual, IConditionKeys keys)
    {
        foreach (var arn in _arns)
        {
            if (arn.Matches(actual, keys))
            {
                return true;
            }
        }

        foreach (var value in _values)
        {
            if (One(value, actual, keys))
            {
                return true;
            }
        }

        return false;
    }

    private bool One(TextPattern value, string actual, IConditionKeys keys) => _operator.Comparison switch
    {
        Comparison.StringEquals => value.Matches(actual, keys, ignoreCase: false),
        Comparison.StringLike => value.Matches(actual, keys, ignoreCase: false),
        Comparison.StringEqualsIgnoreCase => value.Matches(actual, keys, ignoreCase: true),
        Comparison.Null or Comparison.Bool => value.Matches(actual, keys, ignoreCase: true),
        var comparison => value.Expand(keys) is { } expected && Operands.Compare(comparison, actual, expected),
    };
}
