using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.Http;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Rest.Execute.Authorization;

/// <summary>
/// Lets a request in or not: by the API's resource policy, the caller's signature, or the method's authorizer.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html"/>
/// </summary>
internal sealed class MethodAuthorization(IEnumerable<ISiteCallers> callers, MethodAuthorizers authorizers)
{
    private const string Invoke = "execute-api:Invoke";

    /// <param name="call">The request.</param>
    /// <param name="http">The request as it came.</param>
    /// <param name="body">As it came: what was signed.</param>
    /// <param name="cancel">The client has gone.</param>
    /// <returns>Null when it is let in.</returns>
    public async ValueTask<GatewayFault?> AuthorizeAsync(RestCall call, HttpContext http, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (call.Method.AuthorizationType == "AWS_IAM")
        {
            return await ByPoliciesAsync(call, http, body, cancel);
        }

        // The resource policy comes first, for callers that nobody knows yet.
        if (call.Site.Policy is not null && await ByResourcePolicyAsync(call, Anonymous(call, http), cancel) is { } denied)
        {
            return denied;
        }

        return call.Method.AuthorizationType is "CUSTOM" or "COGNITO_USER_POOLS" ? await authorizers.AuthorizeAsync(call, http, cancel) : null;
    }

    /// <summary>Whether the caller may do something else with the method, such as <c>execute-api:InvalidateCache</c>.</summary>
    public async ValueTask<bool> MayAsync(RestCall call, string action, CancellationToken cancel) =>
        call.Caller is { } caller && callers.FirstOrDefault() is { } port
        && await port.AuthorizeAsync(caller, action, call.MethodArn, Facts(call), Keys(call), cancel) is null;

    private async ValueTask<GatewayFault?> ByPoliciesAsync(RestCall call, HttpContext http, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (callers.FirstOrDefault() is not { } port)
        {
            return GatewayFault.Internal;
        }

        var outcome = await port.AuthenticateAsync(http, "execute-api", body, call.RequestId, cancel);
        if (!outcome.Succeeded)
        {
            return Refused(outcome.Error);
        }

        if (outcome.Value.Principal.Kind == PrincipalKind.Anonymous)
        {
            return GatewayFault.MissingAuthenticationToken;
        }

        call.Caller = outcome.Value;
        CallerIdentity.Describe(call, outcome.Value.Principal);
        return await ByResourcePolicyAsync(call, outcome.Value, cancel);
    }

    private async ValueTask<GatewayFault?> ByResourcePolicyAsync(RestCall call, CallContext caller, CancellationToken cancel)
    {
        if (callers.FirstOrDefault() is not { } port)
        {
            return GatewayFault.Internal;
        }

        var denied = await port.AuthorizeAsync(caller, Invoke, call.MethodArn, Facts(call), Keys(call), cancel);
        return denied is null ? null : GatewayFault.AccessDenied(Words(call, caller, denied));
    }

    private static ResourceFacts Facts(RestCall call) => new(call.Site.Policy, call.Site.Api.Tags, Account: call.Account);

    private static Dictionary<string, string>? Keys(RestCall call) =>
        call.Site.Api.EndpointConfiguration?.VpcEndpointIds is [{ } endpoint, ..] && call.Site.Api.EndpointConfiguration.Types is ["PRIVATE"]
            ? new Dictionary<string, string> { ["aws:SourceVpce"] = endpoint }
            : null;

    // AWS shows four digits of the account that owns the API, and calls nobody "anonymous".
    private static string Words(RestCall call, CallContext caller, ServiceError denied)
    {
        var owner = $":{call.Account}:{call.ApiId}/";
        var masked = $":********{call.Account[^4..]}:{call.ApiId}/";
        var who = caller.Principal.Kind == PrincipalKind.Anonymous ? "anonymous" : caller.Principal.Arn;
        return (denied.Message ?? $"User: {who} is not authorized to perform: {Invoke} on resource: {call.MethodArn}")
            .Replace(owner, masked, StringComparison.Ordinal);
    }

    /// <summary>Nobody, from where the request came.</summary>
    public static CallContext Anonymous(RestCall call, HttpContext http) => new()
    {
        Principal = Principal.Anonymous,
        Region = Region.TryParse(call.Region, out var region) ? region : Region.Default,
        RequestId = call.RequestId,
        Time = call.Time,
        SourceIp = http.Connection.RemoteIpAddress,
        UserAgent = http.Request.Headers.UserAgent.ToString(),
        SecureTransport = http.Request.IsHttps,
        Endpoint = $"{call.Scheme}://{http.Request.Host.Value}",
    };

    private static GatewayFault Refused(ServiceError error) => new(
        error.Shape.Name switch
        {
            "ExpiredTokenException" or "ExpiredToken" => "EXPIRED_TOKEN",
            "InvalidSignatureException" or "SignatureDoesNotMatch" => "INVALID_SIGNATURE",
            "MissingAuthenticationTokenException" or "MissingAuthenticationToken" => "MISSING_AUTHENTICATION_TOKEN",
            _ => "DEFAULT_4XX",
        },
        403,
        error.Shape.Name,
        error.Message);
}
