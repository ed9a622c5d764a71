using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;
using Haneul.Policy.Evaluation;
using Haneul.Policy.Language;

namespace Haneul.Iam.Simulation;

/// <summary>
/// Decides made-up requests with the evaluator that decides real ones.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html"/>
/// </summary>
internal sealed class Simulator(Principal principal, IdentityPolicies identity, Kernel.Identity.AttachedPolicy? resourcePolicy, IReadOnlyList<ContextEntry>? entries)
{
    private readonly ConditionKeys _keys = Keys(entries);

    /// <exception cref="Kernel.Errors.ServiceException">A document is malformed.</exception>
    public static List<Kernel.Identity.AttachedPolicy> Documents(IReadOnlyList<string>? documents, string name) =>
        [.. (documents ?? []).Select((text, i) => new Kernel.Identity.AttachedPolicy(
            name + "." + (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), PolicyText.Checked(text)))];

    public IEnumerable<EvaluationResult> Run(IReadOnlyList<string> actions, IReadOnlyList<string>? resources)
    {
        IReadOnlyList<string> targets = resources is { Count: > 0 } ? resources : ["*"];
        foreach (var action in actions)
        {
            foreach (var resource in targets)
            {
                yield return One(action, resource, specific: resources is { Count: > 0 });
            }
        }
    }

    private EvaluationResult One(string action, string resource, bool specific)
    {
        var request = new PolicyRequest(principal, action, resource, _keys);
        var facts = new ResourceFacts(resourcePolicy);
        var decision = PolicyEvaluator.Decide(request, identity, facts);
        var traces = Explanation.Of(request, identity, facts);
        var word = decision.Allowed ? PolicyEvaluationDecisionType.Allowed
            : decision.Explicit ? PolicyEvaluationDecisionType.ExplicitDeny
            : PolicyEvaluationDecisionType.ImplicitDeny;
        List<Statement> matched =
        [
            .. traces.SelectMany(trace => trace.Statements
                .Where(statement => statement.Outcome == StatementOutcome.Applies && (decision.Allowed || !statement.Allow))
                .Select(_ => new Statement { SourcePolicyId = trace.PolicyId, SourcePolicyType = "IAM Policy" })),
        ];
        var missing = Missing(traces);
        var boundary = identity.Boundary is null ? null : new PermissionsBoundaryDecisionDetail
        {
            AllowedByPermissionsBoundary = decision.Kind != PolicyKind.Boundary,
        };
        return new EvaluationResult
        {
            EvalActionName = action,
            EvalResourceName = resource,
            EvalDecision = word,
            MatchedStatements = matched,
            MissingContextValues = missing,
            PermissionsBoundaryDecisionDetail = boundary,
            OrganizationsDecisionDetail = new OrganizationsDecisionDetail { AllowedByOrganizations = true },
            ResourceSpecificResults = !specific ? null :
            [
                new ResourceSpecificResult
                {
                    EvalResourceName = resource,
                    EvalResourceDecision = word,
                    MatchedStatements = matched,
                    MissingContextValues = missing,
                    PermissionsBoundaryDecisionDetail = boundary,
                },
            ],
        };
    }

    /// <summary>Keys that a policy asked for in vain.</summary>
    private List<string> Missing(IReadOnlyList<PolicyTrace> traces)
    {
        var asking = traces.Where(trace => trace.Statements.Any(statement => statement.Outcome == StatementOutcome.OtherCondition)).Select(trace => trace.PolicyId);
        return
        [
            .. identity.Policies.Where(policy => asking.Contains(policy.Id))
                .SelectMany(policy => PolicyDocument.Parse(policy.Document).ContextKeys())
                .Where(key => !_keys.Find(key).Exists).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static ConditionKeys Keys(IReadOnlyList<ContextEntry>? entries)
    {
        var keys = new ConditionKeys();
        foreach (var entry in entries ?? [])
        {
            keys.Set(entry.ContextKeyName ?? "", entry.ContextKeyValues ?? []);
        }

        return keys;
    }
}
