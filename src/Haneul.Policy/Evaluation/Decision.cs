using Haneul.Kernel.Identity;

namespace Haneul.Policy.Evaluation;

/// <summary>How a resource's policy means a principal, from weak to strong.</summary>
internal enum Grant : byte
{
    None,

    /// <summary>By its account: the account's own policies decide further.</summary>
    Account,
    Everyone,

    /// <summary>By the role of the session, or by the provider that vouches for it.</summary>
    Role,

    /// <summary>By its own ARN.</summary>
    Exact,
}

/// <summary>Whether a statement speaks of a request, and if not, why not.</summary>
public enum StatementOutcome : byte
{
    Applies,
    OtherAction,
    OtherPrincipal,
    OtherResource,
    OtherCondition,
}

/// <summary>The part that a policy plays in a decision.</summary>
public enum PolicyKind : byte
{
    None,
    Identity,
    Resource,
    Boundary,
    Session,

    /// <summary>The policy of a role that says who may assume it.</summary>
    Trust,
}

/// <summary>What is decided of a request, and by which policy.</summary>
/// <param name="Allowed">The answer.</param>
/// <param name="Explicit">A statement decided; otherwise none allowed, or none was needed.</param>
/// <param name="Kind">The kind of policy that decided or that was missing.</param>
/// <param name="Policy">The policy that decided.</param>
/// <param name="Statement">The Sid of the statement that decided, or its number.</param>
public readonly record struct Decision(bool Allowed, bool Explicit, PolicyKind Kind, AttachedPolicy? Policy, string? Statement)
{
    /// <summary>AWS's words behind "is not authorized to perform: ... on resource: ...".</summary>
    /// <remarks><see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"/></remarks>
    public string Because(string action) => (Explicit, Kind) switch
    {
        (true, PolicyKind.Identity) => " with an explicit deny in an identity-based policy",
        (true, PolicyKind.Resource) => " with an explicit deny in a resource-based policy",
        (true, PolicyKind.Boundary) => " with an explicit deny in a permissions boundary",
        (true, PolicyKind.Session) => " with an explicit deny in a session policy",
        (true, PolicyKind.Trust) => " with an explicit deny in the role trust policy",
        (false, PolicyKind.Resource) => $" because no resource-based policy allows the {action} action",
        (false, PolicyKind.Boundary) => $" because no permissions boundary allows the {action} action",
        (false, PolicyKind.Session) => $" because no session policy allows the {action} action",
        (false, PolicyKind.Trust) => "",
        _ => $" because no identity-based policy allows the {action} action",
    };
}
