using Haneul.Kernel.Identity;

namespace Haneul.Iam.Simulation;

/// <summary>Who would make the request: resource policies look at it.</summary>
internal static class SimulatedCaller
{
    public static Principal Of(string? arn, CallContext context)
    {
        var account = Arn.TryParse(arn, out var parsed) && AccountId.TryParse(parsed.Account, out var named) ? named : context.Account;
        return new Principal
        {
            Kind = PrincipalKind.User,
            Account = account,
            Arn = arn ?? $"arn:aws:iam::{account}:user/simulated",
            UserId = "",
            RoleArn = parsed?.Resource.StartsWith("role/", StringComparison.Ordinal) == true ? arn : null,
        };
    }
}
