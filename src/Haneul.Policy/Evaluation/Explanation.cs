using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Policy.Language;

namespace Haneul.Policy.Evaluation;

/// <summary>A policy that was considered, with what became of each statement.</summary>
public sealed record PolicyTrace(PolicyKind Kind, string PolicyId, IReadOnlyList<StatementTrace> Statements)
{
    /// <summary>The policy could not be read, so it allows nothing.</summary>
    public bool Unreadable { get; init; }
}

/// <param name="Statement">Its Sid, or its number.</param>
/// <param name="Allow">Its effect.</param>
/// <param name="Outcome">Whether it applies.</param>
/// <param name="Why">For people: what did not match.</param>
public sealed record StatementTrace(string Statement, bool Allow, StatementOutcome Outcome, string Why);

/// <summary>Tells how a decision came about, by looking at every statement again.</summary>
public static class Explanation
{
    public static IReadOnlyList<PolicyTrace> Of(PolicyRequest request, IdentityPolicies identity, ResourceFacts facts)
    {
        var traces = new List<PolicyTrace>();
        if (facts.Policy is { } resource)
        {
            traces.Add(Trace(resource, facts.PolicyRequired ? PolicyKind.Trust : PolicyKind.Resource, request));
        }

        if (request.Principal.Kind is PrincipalKind.Root or PrincipalKind.Service or PrincipalKind.Anonymous)
        {
            return traces;
        }

        traces.AddRange(identity.Policies.Select(policy => Trace(policy, PolicyKind.Identity, request)));
        if (identity.Boundary is { } boundary)
        {
            traces.Add(Trace(boundary, PolicyKind.Boundary, request));
        }

        traces.AddRange(request.Principal.SessionPolicies.Select(policy => Trace(policy, PolicyKind.Session, request)));
        return traces;
    }

    private static PolicyTrace Trace(AttachedPolicy policy, PolicyKind kind, PolicyRequest request) =>
        PolicyEvaluator.Read(policy) is { } document
            ? new PolicyTrace(kind, policy.Id, [.. document.Statements.Select(statement => Trace(statement, kind, request))])
            : new PolicyTrace(kind, policy.Id, []) { Unreadable = true };

    private static StatementTrace Trace(Statement statement, PolicyKind kind, PolicyRequest request)
    {
        var outcome = statement.Test(request, kind is PolicyKind.Resource or PolicyKind.Trust, out _, out var failed);
        var why = outcome switch
        {
            StatementOutcome.OtherAction =>
                $"{(statement.NotAction ? "NotAction" : "Action")} {List(statement.Actions.Select(a => a.Source))} does not cover {request.Action}",
            StatementOutcome.OtherPrincipal => "its principals do not cover the caller",
            StatementOutcome.OtherResource =>
                $"{(statement.NotResource ? "NotResource" : "Resource")} {List(statement.Resources.Select(r => r.Source))} does not cover {request.Resource}",
            StatementOutcome.OtherCondition =>
                $"{failed!.OperatorName} {failed.Key} wants {List(failed.Values)} and the request has {Values(request, failed.Key)}",
            _ => "",
        };
        return new StatementTrace(statement.Label, statement.Allow, outcome, why);
    }

    private static string Values(PolicyRequest request, string key) =>
        request.Keys.Find(key) is { Exists: true } values ? List(values.ToList()) : "no such key";

    private static string List(IEnumerable<string> values)
    {
        var all = values.ToList();
        return all.Count switch
        {
            0 => "(nothing)",
            <= 5 => string.Join(", ", all),
            _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all.Take(5))} and {all.Count - 5} more"),
        };
    }
}
