using Haneul.ApiGateway.Integrations;
using Haneul.Integration;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>As whom an integration calls a service: API Gateway itself, a role that it assumes, or whoever sent the request.</summary>
internal sealed class IntegrationCallers(IEnumerable<IRoles> roles)
{
    private const string TheCaller = "arn:aws:iam::*:user/*";

    /// <summary>API Gateway, on behalf of the method.</summary>
    public static CallContext Itself(RestCall call) => Origin(call).Itself;

    /// <param name="call">The request.</param>
    /// <param name="credentials">The integration's credentials: none, a role's ARN, or <c>arn:aws:iam::*:user/*</c>.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null if the role cannot be assumed, or nobody signed the request; the execution log says why.</returns>
    public async ValueTask<CallContext?> FindAsync(RestCall call, string? credentials, CancellationToken cancel)
    {
        if (credentials is not { Length: > 0 })
        {
            return Itself(call);
        }

        if (credentials == TheCaller)
        {
            if (call.Caller is { Principal.Kind: not PrincipalKind.Anonymous } caller)
            {
                return Origin(call).As(caller.Principal);
            }

            call.Log?.Error("Execution failed due to configuration error: Invalid credentials: the method is not signed by a caller");
            return null;
        }

        var role = FunctionUri.Resolve(credentials, call.StageVariables);
        if (roles.FirstOrDefault() is not { } port)
        {
            call.Log?.Error("Execution failed due to configuration error: API Gateway does not have permission to assume the provided role");
            return null;
        }

        var outcome = await port.AssumeForServiceAsync(role, GatewayCaller.SessionName, GatewayCaller.Service, call.SourceArn, Itself(call), cancel);
        if (!outcome.Succeeded)
        {
            call.Log?.Error("Execution failed due to configuration error: API Gateway does not have permission to assume the provided role " + role);
            return null;
        }

        return Origin(call).As(outcome.Value.Principal);
    }

    private static GatewayCaller Origin(RestCall call) =>
        new(call.Account, call.Region, call.RequestId, call.Time, $"{call.Scheme}://{call.Host}", call.SourceArn);
}
