using Haneul.Auth;
using Haneul.Gateway.Http;
using Haneul.Gateway.Routing;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway;

/// <summary>A request on its way through the pipeline: each stage fills in what it found out.</summary>
internal sealed class GatewayRequest(HttpContext http, string requestId)
{
    public HttpContext Http { get; } = http;

    public string RequestId { get; } = requestId;

    /// <summary>The name that the client used, without the port.</summary>
    public string Host { get; } = http.Request.Host.Host;

    public HttpWireRequest Wire { get; } = new(http);

    /// <summary>Route: the service and its protocol.</summary>
    public ServiceEntry? Service { get; set; }

    public IWireProtocol? Protocol { get; set; }

    /// <summary>What the signature must be for; sites have names of their own.</summary>
    public string SigningName
    {
        get => field ?? Service!.Model.SigningName;
        init;
    }

    /// <summary>Route: the signature, before it is verified; null when it cannot be read.</summary>
    public SignatureParts? Signature { get; set; }

    public AuthRefusal SignatureRefusal { get; set; }

    /// <summary>A site asks who sends it: unsigned requests are nobody's.</summary>
    public bool IsForSite { get; init; }

    /// <summary>Finds out what the request says of its signature.</summary>
    public void ReadSignature()
    {
        SignatureRefusal = SignatureParts.TryRead(Wire, out var parts);
        Signature = parts;
        Scope = parts?.Scope ?? CredentialScope.Of(Wire);
    }

    /// <summary>Route: what the signature says of key, region and service, even when the rest of it cannot be read.</summary>
    public CredentialScope? Scope { get; set; }

    /// <summary>Route: what is named in metrics when a site answers.</summary>
    public string? Site { get; set; }

    /// <summary>Authenticate.</summary>
    public CallContext? Call { get; set; }

    /// <summary>Resolve.</summary>
    public OperationRow? Row { get; set; }

    public RouteLabels Labels { get; set; } = RouteLabels.None;

    /// <summary>Decode.</summary>
    public IShape? Input { get; set; }

    /// <summary>Invoke: the output, unless there is an error.</summary>
    public IShape? Output { get; set; }

    /// <summary>Any stage: what ends the request early.</summary>
    public ServiceError? Error { get; set; }
}
