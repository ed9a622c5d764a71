using Haneul.Gateway.Stages;
using Haneul.Http;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Wire;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway;

/// <summary>Authenticates and authorizes for sites with the stages that operations pass.</summary>
internal sealed class SiteCallers(Authenticate authenticate, Authorize authorize) : ISiteCallers
{
    public async ValueTask<Outcome<CallContext>> AuthenticateAsync(
        HttpContext http, string signingName, ReadOnlyMemory<byte> body, string requestId, CancellationToken cancel)
    {
        var request = new GatewayRequest(http, requestId) { SigningName = signingName, IsForSite = true, Protocol = WireProtocols.Of(Protocol.RestJson1) };
        request.Wire.SetBody(body);
        request.ReadSignature();
        await authenticate.RunAsync(request, cancel);
        return request.Error is { } error ? error : request.Call!;
    }

    public ValueTask<ServiceError?> AuthorizeAsync(
        CallContext caller, string action, string resource, ResourceFacts facts, IReadOnlyDictionary<string, string>? keys, CancellationToken cancel)
    {
        var needed = new Kernel.Operations.Authorization();
        foreach (var (name, value) in keys ?? Empty)
        {
            needed.Key(name, value);
        }

        return authorize.CheckAsync(caller, needed, action, resource, facts, cancel);
    }

    private static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>();
}
