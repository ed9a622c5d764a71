using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway;

/// <summary>As whom API Gateway calls others: as itself on behalf of a resource, or as a role that it assumes.</summary>
/// <param name="Account">Of the API.</param>
/// <param name="Region">Of the API, or of what is called.</param>
/// <param name="RequestId">The request that this is part of.</param>
/// <param name="Time">When it came.</param>
/// <param name="Endpoint">The base URL that its client used.</param>
/// <param name="SourceArn">The route, method or authorizer on whose behalf it calls.</param>
internal readonly record struct GatewayCaller(string Account, string Region, string RequestId, DateTimeOffset Time, string Endpoint, string? SourceArn)
{
    public const string Service = "apigateway.amazonaws.com";

    /// <summary>What assumed sessions are called.</summary>
    public const string SessionName = "BackplaneAssumeRoleSession";

    public CallContext Itself => As(Principal.Service(Service, AccountId.Parse(Account)));

    /// <summary>A call by somebody, on behalf of the resource if there is one.</summary>
    public CallContext As(Principal principal) => new()
    {
        Principal = principal,
        Region = Kernel.Identity.Region.TryParse(Region, out var region) ? region : Kernel.Identity.Region.Default,
        RequestId = RequestId,
        Time = Time,
        Endpoint = Endpoint,
        SourceArn = SourceArn,
        SourceAccount = SourceArn is null ? null : Account,
    };

    /// <summary>Itself without a role; with one, a session of it, which acts for nobody else.</summary>
    public async ValueTask<Outcome<CallContext>> FindAsync(IRoles? roles, string? roleArn, CancellationToken cancel)
    {
        if (roleArn is null)
        {
            return Itself;
        }

        if (roles is null)
        {
            return ApiGatewayErrors.NoRoles;
        }

        var assumed = await roles.AssumeForServiceAsync(roleArn, SessionName, Service, SourceArn, Itself, cancel);
        return assumed.Succeeded ? (this with { SourceArn = null }).As(assumed.Value.Principal) : assumed.Error;
    }
}
