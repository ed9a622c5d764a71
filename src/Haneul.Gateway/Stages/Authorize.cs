using System.Collections.Frozen;
using Haneul.Gateway.Authorization;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Policy.Evaluation;
using Microsoft.Extensions.DependencyInjection;
using Needed = Haneul.Kernel.Operations.Authorization;

namespace Haneul.Gateway.Stages;

/// <summary>
/// Stage 7: may the principal do this. Asks IAM for the principal's policies and the resource's service for the resource's, and decides every
/// permission that the operation needs. Without an IAM module nobody but roots and services has any policy.
/// </summary>
public sealed class Authorize
{
    private readonly GatewayOptions _options;
    private readonly DecisionLog _log;

    // Asked for late: the services that answer may themselves call operations.
    private readonly Lazy<IIdentityPolicies?> _identities;
    private readonly Lazy<ICredentialUses?> _uses;
    private readonly Lazy<FrozenDictionary<string, IResourceFacts>> _facts;

    public Authorize(IServiceProvider services)
    {
        _options = services.GetRequiredService<GatewayOptions>();
        _log = services.GetRequiredService<DecisionLog>();
        _identities = new(services.GetService<IIdentityPolicies>);
        _uses = new(services.GetService<ICredentialUses>);
        _facts = new(() => services.GetServices<IResourceFacts>().ToFrozenDictionary(facts => facts.Service));
    }

    public async ValueTask<ServiceError?> CheckAsync(OperationRow row, IShape input, CallContext call, CancellationToken cancel)
    {
        if (call.Principal.AccessKeyId is not null && _uses.Value is { } uses)
        {
            await uses.NoteAsync(call.Principal, row.Operation.Service.SigningName, call.Region, call.Time);
        }

        var needed = new Needed();
        row.Describe(input, call, needed);
        if (needed.Permissions.Count == 0)
        {
            return null;
        }

        var identity = await FindPoliciesAsync(call.Principal, cancel);
        foreach (var (action, resource) in needed.Permissions)
        {
            var facts = ResourceFacts.None;
            if (FindOwner(resource) is { } owner && Arn.TryParse(resource, out var arn))
            {
                facts = await owner.FindAsync(arn, action, call, cancel);
            }

            if (Decide(call, needed, action, resource, identity, facts) is { } denied)
            {
                return denied;
            }
        }

        return null;
    }

    /// <summary>Decides one permission where the resource's facts are known already.</summary>
    public async ValueTask<ServiceError?> CheckAsync(
        CallContext call, Needed needed, string action, string resource, ResourceFacts facts, CancellationToken cancel) =>
        Decide(call, needed, action, resource, await FindPoliciesAsync(call.Principal, cancel), facts);

    private async ValueTask<IdentityPolicies> FindPoliciesAsync(Principal principal, CancellationToken cancel)
    {
        var hasPolicies = principal.Kind is PrincipalKind.User or PrincipalKind.AssumedRole or PrincipalKind.FederatedUser;
        return hasPolicies && _identities.Value is { } source ? await source.FindAsync(principal, cancel) : IdentityPolicies.None;
    }

    private ServiceError? Decide(CallContext call, Needed needed, string action, string resource, IdentityPolicies identity, ResourceFacts facts)
    {
        var request = new PolicyRequest(call.Principal, action, resource, new RequestKeys(call, needed, action, resource, facts)) { ResourceAccount = facts.Account };
        var decision = PolicyEvaluator.Decide(request, identity, facts);
        var message = decision.Allowed ? null : Denial(call.Principal, action, resource, decision);
        if (message is not null || _options.ExplainAllowed)
        {
            _log.Add(Record(call, request, identity, facts, decision, message));
        }

        return message is null ? null : CommonErrors.AccessDeniedException.With(message);
    }

    /// <summary>By the third part of an ARN; most resources have nobody to ask, and are not taken apart.</summary>
    private IResourceFacts? FindOwner(ReadOnlySpan<char> resource)
    {
        if (!resource.StartsWith("arn:", StringComparison.Ordinal))
        {
            return null;
        }

        var service = resource["arn:".Length..];
        service = service[(service.IndexOf(':') + 1)..];
        var end = service.IndexOf(':');
        return end > 0 && _facts.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(service[..end], out var owner) ? owner : null;
    }

    private static string Denial(Principal principal, string action, string resource, Decision decision)
    {
        var user = principal.Kind == PrincipalKind.Anonymous ? "anonymous" : principal.Arn;
        return $"User: {user} is not authorized to perform: {action} on resource: {resource}{decision.Because(action)}";
    }

    private static DecisionRecord Record(
        CallContext call, PolicyRequest request, IdentityPolicies identity, ResourceFacts facts, Decision decision, string? message) => new()
        {
            RequestId = call.RequestId,
            Time = call.Time,
            Principal = call.Principal.Arn,
            Action = request.Action,
            Resource = request.Resource,
            Allowed = decision.Allowed,
            Conclusion = Conclusion(decision, message, call.Principal),
            Policies = Explanation.Of(request, identity, facts),
        };

    private static string Conclusion(Decision decision, string? message, Principal principal)
    {
        if (decision is { Explicit: true, Policy: { } policy })
        {
            var verb = decision.Allowed ? "Allowed" : "Denied";
            return $"{verb} by statement {decision.Statement} of {Name(decision.Kind)} {policy.Id}.";
        }

        return message is null ? $"Allowed: {principal.Kind} needs no policy here."
            : decision.Kind == PolicyKind.Trust ? "Denied: the role does not exist, or its trust policy does not let the caller in."
            : $"Denied: no {Name(decision.Kind)} allows it.";
    }

    private static string Name(PolicyKind kind) => kind switch
    {
        PolicyKind.Resource => "resource-based policy",
        PolicyKind.Boundary => "permissions boundary",
        PolicyKind.Session => "session policy",
        PolicyKind.Trust => "role trust policy",
        _ => "identity-based policy",
    };
}
