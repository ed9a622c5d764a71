using Haneul.Kernel.Identity;
using Haneul.Policy.Language;

namespace Haneul.Policy.Evaluation;

/// <summary>
/// Decides whether policies allow a request.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html"/>
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>A denial in any policy wins.</item>
/// <item>Root needs no policy in its own account; a service that acts for an account needs one only where the resource insists.</item>
/// <item>Within an account the resource's policy or an identity policy allows; across accounts both must. A resource policy that names
/// the account only hands the question on to identity policies.</item>
/// <item>Boundary and session policies limit that, unless the resource's policy names this very user or session.</item>
/// </list>
/// </remarks>
public static class PolicyEvaluator
{
    public static Decision Decide(PolicyRequest request, IdentityPolicies identity, ResourceFacts facts)
    {
        var principal = request.Principal;
        var resourceKind = facts.PolicyRequired ? PolicyKind.Trust : PolicyKind.Resource;

        // 1
        var resource = Scan.Of(facts.Policy, ofResource: true, request);
        if (resource.Denied)
        {
            return resource.Denies(resourceKind);
        }

        // 2
        if (principal.Kind == PrincipalKind.Service)
        {
            return ForService(request, facts, resource, resourceKind);
        }

        if (principal.Kind == PrincipalKind.Root)
        {
            return resource.Allowed ? resource.Allows(resourceKind)
                : request.SameAccount && !facts.PolicyRequired ? new Decision(true, false, PolicyKind.None, null, null)
                : Missing(resourceKind);
        }

        if (principal.Kind == PrincipalKind.Anonymous)
        {
            return resource.Allowed ? resource.Allows(resourceKind) : Missing(facts.Policy is null ? PolicyKind.Identity : resourceKind);
        }

        // 1, for the policies of the principal
        var own = Scan.Of(identity.Policies, request);
        if (own.Denied)
        {
            return own.Denies(PolicyKind.Identity);
        }

        var boundary = Scan.Of(identity.Boundary, ofResource: false, request);
        if (boundary.Denied)
        {
            return boundary.Denies(PolicyKind.Boundary);
        }

        var session = Scan.Of(principal.SessionPolicies, request);
        if (session.Denied)
        {
            return session.Denies(PolicyKind.Session);
        }

        // 3
        var byResource = resource.Allowed && resource.Grant > Grant.Account;
        if (facts.PolicyRequired && !resource.Allowed)
        {
            return Missing(PolicyKind.Trust);
        }

        if (request.SameAccount && byResource && resource.Grant == Grant.Exact)
        {
            return resource.Allows(resourceKind);
        }

        if (!own.Allowed && !(request.SameAccount && byResource))
        {
            return Missing(PolicyKind.Identity);
        }

        if (!request.SameAccount && !resource.Allowed)
        {
            return Missing(resourceKind);
        }

        // 4
        if (identity.Boundary is not null && !boundary.Allowed)
        {
            return Missing(PolicyKind.Boundary);
        }

        if ((principal.SessionPolicies.Count > 0 || principal.Kind == PrincipalKind.FederatedUser) && !session.Allowed)
        {
            return Missing(PolicyKind.Session);
        }

        return own.Allowed ? own.Allows(PolicyKind.Identity) : resource.Allows(resourceKind);
    }

    /// <summary>The parsed form of a policy; null for one that cannot be read, which allows nothing.</summary>
    internal static PolicyDocument? Read(AttachedPolicy policy)
    {
        if (policy.Parsed is null)
        {
            try
            {
                policy.Parsed = PolicyDocument.Parse(policy.Document);
            }
            catch (PolicyFormatException exception)
            {
                policy.Parsed = exception;
            }
        }

        return policy.Parsed as PolicyDocument;
    }

    private static Decision ForService(PolicyRequest request, ResourceFacts facts, Scan resource, PolicyKind resourceKind)
    {
        if (resource.Allowed)
        {
            return resource.Allows(resourceKind);
        }

        var insists = facts.PolicyRequired || facts.Policy is not null || ServiceGrants.NeedPolicy(request);
        return request.SameAccount && (!insists || ServiceGrants.IsOwn(request)) && !facts.PolicyRequired
            ? new Decision(true, false, PolicyKind.None, null, null)
            : Missing(resourceKind);
    }

    private static Decision Missing(PolicyKind kind) => new(false, false, kind, null, null);

    /// <summary>The first statement that denies, or else the strongest that allows, of some policies.</summary>
    private ref struct Scan
    {
        private AttachedPolicy? _policy;
        private Statement? _statement;

        public Grant Grant { get; private set; }

        public readonly bool Denied => _statement is { Allow: false };

        public readonly bool Allowed => _statement is { Allow: true };

        public static Scan Of(AttachedPolicy? policy, bool ofResource, PolicyRequest request)
        {
            var scan = default(Scan);
            if (policy is not null)
            {
                scan.Add(policy, ofResource, request);
            }

            return scan;
        }

        public static Scan Of(IReadOnlyList<AttachedPolicy> policies, PolicyRequest request)
        {
            var scan = default(Scan);
            for (var i = 0; i < policies.Count && !scan.Denied; i++)
            {
                scan.Add(policies[i], ofResource: false, request);
            }

            return scan;
        }

        public readonly Decision Denies(PolicyKind kind) => new(false, true, kind, _policy, _statement!.Label);

        public readonly Decision Allows(PolicyKind kind) => new(true, true, kind, _policy, _statement!.Label);

        private void Add(AttachedPolicy policy, bool ofResource, PolicyRequest request)
        {
            if (Read(policy) is not { } document)
            {
                return;
            }

            for (var i = 0; i < document.Statements.Count; i++)
            {
                var statement = document.Statements[i];
                if (statement.Allow && Allowed && !ofResource)
                {
                    continue;
                }

                if (statement.Test(request, ofResource, out var grant, out _) != StatementOutcome.Applies)
                {
                    continue;
                }

                if (!statement.Allow)
                {
                    _policy = policy;
                    _statement = statement;
                    return;
                }

                if (!Allowed || grant > Grant)
                {
                    _policy = policy;
                    _statement = statement;
                    Grant = grant;
                }
            }
        }
    }
}
