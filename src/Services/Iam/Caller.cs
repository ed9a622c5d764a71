using Haneul.Kernel.Identity;

namespace Haneul.Iam;

/// <summary>Operations on users mean the caller when they name nobody.</summary>
internal static class Caller
{
    /// <exception cref="Kernel.Errors.ServiceException">The caller is no user.</exception>
    public static string UserName(string? name, CallContext context) =>
        name ?? (context.Principal.Kind == PrincipalKind.User ? context.Principal.UserName : null)
        ?? throw IamFaults.Validation("Must specify userName when calling with non-User credentials");
}
