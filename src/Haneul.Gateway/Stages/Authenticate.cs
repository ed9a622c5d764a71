using System.Net;
using Haneul.Gateway.Routing;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.Gateway.Stages;

/// <summary>
/// Stage 3: who calls. No access keys are issued yet, so every key is an unknown one: in the open mode it acts as the root of an account, from
/// loopback only; in the strict mode it is refused.
/// </summary>
internal sealed class Authenticate(GatewayOptions options, TimeProvider time)
{
    private static readonly ErrorShape s_unknownKey = new("UnrecognizedClientException", "InvalidClientTokenId", 403, Sender: true);
    private static readonly ErrorShape s_missing = new("MissingAuthenticationTokenException", "MissingAuthenticationToken", 403, Sender: true);

    public void Run(GatewayRequest request)
    {
        var scope = CredentialScope.Of(request.Wire);
        var remote = request.Http.Connection.RemoteIpAddress;
        if (scope is null && options.Auth == AuthMode.Strict)
        {
            request.Error = s_missing.With("Missing Authentication Token");
            return;
        }

        if (options.Auth == AuthMode.Strict || remote is null || !IPAddress.IsLoopback(remote))
        {
            request.Error = s_unknownKey.With("The security token included in the request is invalid.");
            return;
        }

        // A key of twelve digits names the account.
        var account = AccountId.TryParse(scope?.AccessKeyId, out var named) ? named : AccountId.Default;
        var region = Region.TryParse(scope?.Region, out var found) ? found : Region.Default;
        var http = request.Http;
        request.Call = new CallContext
        {
            Principal = Principal.Root(account, scope?.AccessKeyId),
            Region = region,
            RequestId = request.RequestId,
            Time = time.GetUtcNow(),
            SourceIp = remote,
            UserAgent = http.Request.Headers.UserAgent.ToString(),
            SecureTransport = http.Request.IsHttps,
            Endpoint = $"{http.Request.Scheme}://{http.Request.Host.Value}",
            Header = request.Wire.Header,
        };
    }
}
