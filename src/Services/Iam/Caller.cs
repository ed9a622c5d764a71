using Haneul.Kernel.Identity;

namespace Haneul.Iam;

/// <summary>What operations take from the call when the input does not say it.</summary>
internal static class Caller
{
    /// <summary>Operations on users mean the caller when they name nobody.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">The caller is no user.</exception>
    public static string UserName(string? name, CallContext context) =>
        name ?? (context.Principal.Kind == PrincipalKind.User ? context.Principal.UserName : null)
        ?? throw IamFaults.Validation("Must specify userName when calling with non-User credentials");

    /// <summary>The time of the request in whole seconds, as IAM and STS tell times.</summary>
    public static DateTimeOffset Now(this CallContext context) => DateTimeOffset.FromUnixTimeSeconds(context.Time.ToUnixTimeSeconds());
}
