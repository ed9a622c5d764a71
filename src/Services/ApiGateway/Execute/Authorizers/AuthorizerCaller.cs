using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>As whom an authorizer's function is called: as API Gateway on behalf of the authorizer, or as a role.</summary>
internal static class AuthorizerCaller
{
    private const string Service = "apigateway.amazonaws.com";

    public static async ValueTask<Outcome<CallContext>> FindAsync(
        string authorizerId, string? roleArn, AuthorizerCall call, IRoles? roles, CancellationToken cancel)
    {
        var sourceArn = $"arn:aws:execute-api:{call.Region}:{call.Account}:{call.ApiId}/authorizers/{authorizerId}";
        var service = Context(Principal.Service(Service, AccountId.Parse(call.Account)), call, sourceArn);
        if (roleArn is null)
        {
            return service;
        }

        if (roles is null)
        {
            return ApiGatewayErrors.NoRoles;
        }

        var assumed = await roles.AssumeForServiceAsync(roleArn, "BackplaneAssumeRoleSession", Service, sourceArn, service, cancel);
        return assumed.Succeeded ? Context(assumed.Value.Principal, call, sourceArn: null) : assumed.Error;
    }

    private static CallContext Context(Principal principal, AuthorizerCall call, string? sourceArn) => new()
    {
        Principal = principal,
        Region = Region.TryParse(call.Region, out var region) ? region : Region.Default,
        RequestId = call.RequestId,
        Time = call.Time,
        Endpoint = call.Endpoint,
        SourceArn = sourceArn,
        SourceAccount = sourceArn is null ? null : call.Account,
    };
}
