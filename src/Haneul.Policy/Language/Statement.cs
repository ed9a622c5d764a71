using System.Globalization;
using Haneul.Policy.Conditions;
using Haneul.Policy.Evaluation;
using Haneul.Policy.Matching;

namespace Haneul.Policy.Language;

/// <summary>One statement: whom, what and where it allows or denies, and when.</summary>
internal sealed class Statement
{
    /// <summary>Its place in the document, from 0.</summary>
    public required int Index { get; init; }

    public string? Sid { get; init; }

    public required bool Allow { get; init; }

    /// <summary>Actions, or those excluded; empty if the statement has no such element.</summary>
    public required TextPattern[] Actions { get; init; }

    public bool NotAction { get; init; }

    public required ArnPattern[] Resources { get; init; }

    public bool NotResource { get; init; }

    /// <summary>The statement says which resources; trust policies do not.</summary>
    public bool HasResource { get; init; }

    public PrincipalSet? Principals { get; init; }

    public required Condition[] Conditions { get; init; }

    /// <summary>How explanations name it.</summary>
    public string Label => Sid is { Length: > 0 } ? Sid : "#" + (Index + 1).ToString(CultureInfo.InvariantCulture);

    public bool CoversAction(ReadOnlySpan<char> action)
    {
        foreach (var pattern in Actions)
        {
            if (pattern.Matches(action, ConditionKeys.None, ignoreCase: true))
            {
                return !NotAction;
            }
        }

        return NotAction;
    }

    public bool CoversResource(ReadOnlySpan<char> resource, IConditionKeys keys)
    {
        if (!HasResource)
        {
            return true;
        }

        foreach (var pattern in Resources)
        {
            if (pattern.Matches(resource, keys))
            {
                return !NotResource;
            }
        }

        return NotResource;
    }

    /// <summary>Whether the statement speaks of the request; <paramref name="failed"/> is the condition that did not hold.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ofResource">The policy is a resource's: it says whom it means.</param>
    /// <param name="grant">How a resource's policy means the principal.</param>
    /// <param name="failed">The condition that did not hold, if the answer is <see cref="StatementOutcome.OtherCondition"/>.</param>
    public StatementOutcome Test(PolicyRequest request, bool ofResource, out Grant grant, out Condition? failed)
    {
        grant = Grant.None;
        failed = null;
        if (!CoversAction(request.Action))
        {
            return StatementOutcome.OtherAction;
        }

        if (ofResource)
        {
            grant = Principals?.Find(request.Principal) ?? Grant.None;
            if (grant == Grant.None)
            {
                return StatementOutcome.OtherPrincipal;
            }
        }

        if (!CoversResource(request.Resource, request.Keys))
        {
            return StatementOutcome.OtherResource;
        }

        for (var i = 0; i < Conditions.Length; i++)
        {
            if (!Conditions[i].Holds(request.Keys))
            {
                failed = Conditions[i];
                return StatementOutcome.OtherCondition;
            }
        }

        return StatementOutcome.Applies;
    }
}
