using System.Globalization;
using System.Text;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;
using Haneul.Policy.Evaluation;
using Haneul.Policy.Language;
using Haneul.Policy.Validation;

namespace Haneul.DynamoDb.Policies;

/// <summary>
/// The rules of the policies that tables and streams carry.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html"/>
/// </summary>
internal static class ResourcePolicies
{
    /// <summary>Expected by who wants to be the first.</summary>
    public const string NoPolicy = "NO_POLICY";

    private const int MaxBytes = 20 * 1024;
    private const string NotFoundWords = "Resource-based policy not found for the provided ResourceArn: ";

    public static ServiceError NotFound(string arn) => DynamoDbErrors.PolicyNotFoundException.With(NotFoundWords + arn);

    /// <summary>The form of a policy that is kept, if it is one that a resource may have.</summary>
    public static string Accept(string policy)
    {
        DynamoErrors.ThrowIf(
            Encoding.UTF8.GetByteCount(policy) > MaxBytes, $"{DynamoErrors.Parameters}Maximum policy size of 20480 bytes exceeded");
        if (PolicyValidator.CheckResourcePolicy(policy, out var fault) is { } message)
        {
            DynamoErrors.Throw(fault switch
            {
                ResourcePolicyFault.Unbounded => "Resource-based policy grants unbounded access in one or more elements. "
                    + "Please revise the policy to ensure least-privilege form of access",
                ResourcePolicyFault.Principal => DynamoErrors.Parameters + "Invalid principal in policy document.",
                _ => $"{DynamoErrors.Parameters}Invalid policy document: {message}",
            });
        }

        return CanonicalPolicy.Of(policy);
    }

    /// <summary>Refuses a policy under which the caller could not put another one.</summary>
    public static void CheckLockout(string document, string arn, CallContext context)
    {
        var principal = context.Principal;
        var keys = new ConditionKeys()
            .Set("aws:PrincipalArn", principal.RoleArn ?? principal.Arn)
            .Set("aws:PrincipalAccount", principal.Account.Value)
            .Set("aws:userid", principal.UserId);
        if (principal.Kind == PrincipalKind.User)
        {
            keys.Set("aws:username", principal.UserName ?? "");
        }

        var request = new PolicyRequest(principal, "dynamodb:PutResourcePolicy", arn, keys);
        var decision = PolicyEvaluator.Decide(request, IdentityPolicies.None, new ResourceFacts(new AttachedPolicy(arn, document)));
        if (decision is { Allowed: false, Explicit: true })
        {
            throw CommonErrors.AccessDeniedException.With("The new resource policy will not allow you to update the resource policy in the future.")
                .ToException();
        }
    }

    /// <summary>Refuses a change of another revision than the one that is there.</summary>
    public static void CheckRevision(PolicyRecord? current, string? expected, string resource)
    {
        if (expected is null || expected == (current?.Revision ?? NoPolicy))
        {
            return;
        }

        throw DynamoDbErrors.PolicyNotFoundException.With(
            $"{NotFoundWords}Requested update for policy with revision id {expected}, but "
            + (current is null
                ? $"table {resource} has no associated policy."
                : $"the policy associated to target table {resource} has revision id {current.Revision}.")).ToException();
    }

    /// <summary>Another policy with the number of a revision that is later than the last one.</summary>
    public static PolicyRecord Next(PolicyRecord? current, string document, DateTimeOffset now)
    {
        var last = current is null ? 0 : long.Parse(current.Revision, CultureInfo.InvariantCulture);
        return new PolicyRecord(document, Math.Max(last + 1, now.ToUnixTimeMilliseconds()).ToString(CultureInfo.InvariantCulture));
    }
}
