using Haneul.Kernel.Identity;
using Haneul.Policy.Evaluation;

namespace Haneul.Policy.Language;

/// <summary>
/// The principals that a resource's policy names, or excludes.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"/>
/// </summary>
internal sealed record PrincipalSet(
    bool Not,
    bool Everyone,
    IReadOnlyList<string> Aws,
    IReadOnlyList<string> Services,
    IReadOnlyList<string> Federated,
    IReadOnlyList<string> Canonical)
{
    /// <summary>How the set means the principal; <see cref="Grant.None"/> when it does not.</summary>
    public Grant Find(Principal principal)
    {
        var named = Named(principal);
        if (!Not)
        {
            return named;
        }

        // Naming an account excludes its root, and not everybody in it.
        return named is Grant.None or Grant.Account ? Grant.Everyone : Grant.None;
    }

    private Grant Named(Principal principal)
    {
        if (principal.Kind == PrincipalKind.Service)
        {
            return Services.Contains(principal.Arn) ? Grant.Exact : Everyone ? Grant.Everyone : Grant.None;
        }

        if (principal.FederatedProvider is { } provider && Federated.Contains(provider))
        {
            return Grant.Role;
        }

        var best = Everyone ? Grant.Everyone : Grant.None;
        if (principal.Kind == PrincipalKind.Anonymous)
        {
            return best;
        }

        foreach (var entry in Aws)
        {
            var grant = One(entry, principal);
            best = grant > best ? grant : best;
        }

        return best;
    }

    private static Grant One(string entry, Principal principal)
    {
        if (entry == principal.Arn)
        {
            return Grant.Exact;
        }

        if (entry == principal.RoleArn || IsId(entry, principal.UserId))
        {
            return Grant.Role;
        }

        return AccountOf(entry).SequenceEqual(principal.Account.Value)
            ? principal.Kind == PrincipalKind.Root ? Grant.Exact : Grant.Account
            : Grant.None;
    }

    /// <summary>Unique ids, which IAM puts in place of the ARNs of users and roles that were deleted.</summary>
    private static bool IsId(string entry, string userId) =>
        entry.StartsWith("AIDA", StringComparison.Ordinal) || entry.StartsWith("AROA", StringComparison.Ordinal)
            ? userId.AsSpan().StartsWith(entry, StringComparison.Ordinal) && (userId.Length == entry.Length || userId[entry.Length] == ':')
            : false;

    /// <summary>The account that an entry delegates to: twelve digits, or the ARN of its root.</summary>
    internal static ReadOnlySpan<char> AccountOf(string entry)
    {
        if (AccountId.TryParse(entry, out _))
        {
            return entry;
        }

        return entry.StartsWith("arn:", StringComparison.Ordinal) && entry.EndsWith(":root", StringComparison.Ordinal)
            && Arn.TryParse(entry, out var arn) && arn is { Service: "iam", Resource: "root" }
            ? arn.Account
            : default;
    }
}
