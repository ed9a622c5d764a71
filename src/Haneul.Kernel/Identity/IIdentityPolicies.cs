namespace Haneul.Kernel.Identity;

/// <summary>Finds the policies that apply to a principal. Implemented by IAM.</summary>
public interface IIdentityPolicies
{
    ValueTask<IdentityPolicies> FindAsync(Principal principal, CancellationToken cancel);
}

/// <summary>Inline, attached and group policies of a user or role, and its permissions boundary.</summary>
public sealed record IdentityPolicies(IReadOnlyList<AttachedPolicy> Policies, AttachedPolicy? Boundary)
{
    public static IdentityPolicies None { get; } = new([], null);
}
