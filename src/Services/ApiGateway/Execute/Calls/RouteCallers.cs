using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>As whom a route's integration is called: as API Gateway on behalf of the route, or as a role.</summary>
internal sealed class RouteCallers(IEnumerable<IRoles> roles)
{
    private const string Service = "apigateway.amazonaws.com";

    public async ValueTask<Outcome<CallContext>> FindAsync(ApiCall call, string? roleArn, CancellationToken cancel)
    {
        var itself = Context(call, Principal.Service(Service, AccountId.Parse(call.Api.Account)), call.SourceArn, region: null);
        if (roleArn is null)
        {
            return itself;
        }

        if (roles.FirstOrDefault() is not { } port)
        {
            return ApiGatewayErrors.NoRoles;
        }

        var assumed = await port.AssumeForServiceAsync(roleArn, "BackplaneAssumeRoleSession", Service, call.SourceArn, itself, cancel);
        return assumed.Succeeded ? Context(call, assumed.Value.Principal, sourceArn: null, region: null) : assumed.Error;
    }

    public static CallContext InRegion(ApiCall call, CallContext caller, string region) => Context(call, caller.Principal, caller.SourceArn, region);

    private static CallContext Context(ApiCall call, Principal principal, string? sourceArn, string? region) => new()
    {
        Principal = principal,
        Region = Region.TryParse(region ?? call.Api.Region, out var parsed) ? parsed : Region.Default,
        RequestId = call.RequestId,
        Time = call.Time,
        Endpoint = call.Endpoint,
        SourceArn = sourceArn,
        SourceAccount = sourceArn is null ? null : call.Api.Account,
    };
}
