namespace Haneul.Kernel.Identity;

public enum PrincipalKind : byte
{
    Anonymous,

    /// <summary>The root user of an account: identity policies do not apply to it.</summary>
    Root,
    User,
    AssumedRole,
    FederatedUser,

    /// <summary>An AWS service acting for itself.</summary>
    Service,
}
