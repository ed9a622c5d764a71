using Haneul.Gateway.Routing;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Wire;

namespace Haneul.Gateway.Stages;

/// <summary>Stage 2: host, path, credential scope and target header tell the service and its protocol.</summary>
internal sealed class Route(ServiceMap map)
{
    public void Run(GatewayRequest request)
    {
        var wire = request.Wire;
        request.ReadSignature();
        var scope = request.Scope;
        var target = wire.Header("x-amz-target");
        var dot = target?.LastIndexOf('.') ?? -1;

        // The target comes first: some calls carry no signature, and some services share a signing name.
        var service = dot > 0 ? map.ByTarget(target![..dot]) : null;
        service ??= scope is not null ? map.BySigningName(scope.Service, wire.Method, wire.RawPath, wire.RawQuery) : null;
        service ??= map.ByHost(request.Host);
        service ??= scope is null && target is null ? map.ByPath(wire.Method, wire.RawPath, wire.RawQuery) : null;
        service ??= scope is null && target is null && wire.RawPath == "/" && IsForm(wire) ? map.ByForm() : null;
        if (service is null)
        {
            request.Protocol = Guess(wire, target);
            request.Error = scope is null && target is null
                ? CommonErrors.UnknownOperationException.With("The request names no service that is served here.")
                : CommonErrors.NotImplemented.With($"Haneul does not serve {(scope?.Service is { Length: > 0 } name ? name : target)} yet.");
            return;
        }

        request.Service = service;
        request.Protocol = WireProtocols.Of(Pick(service.Model, wire, target));
    }

    private static Protocol Pick(ServiceModel model, WireRequest wire, string? target)
    {
        if (model.Protocols.Count == 1)
        {
            return model.Protocols[0];
        }

        if (wire.Header("smithy-protocol") == "rpc-v2-cbor" && model.Protocols.Contains(Protocol.RpcV2Cbor))
        {
            return Protocol.RpcV2Cbor;
        }

        foreach (var protocol in model.Protocols)
        {
            if (protocol is Protocol.AwsJson10 or Protocol.AwsJson11 ? target is not null : target is null && protocol is Protocol.AwsQuery)
            {
                return protocol;
            }
        }

        return model.Protocols[0];
    }

    // Without a service there is no model to ask; the request's own form tells what its sender can read.
    private static IWireProtocol Guess(WireRequest wire, string? target)
    {
        if (wire.Header("smithy-protocol") == "rpc-v2-cbor")
        {
            return WireProtocols.Of(Protocol.RpcV2Cbor);
        }

        if (target is not null)
        {
            return WireProtocols.Of(wire.Header("content-type")?.EndsWith("1.0", StringComparison.Ordinal) == true ? Protocol.AwsJson10 : Protocol.AwsJson11);
        }

        return WireProtocols.Of(IsForm(wire) ? Protocol.AwsQuery : Protocol.RestJson1);
    }

    private static bool IsForm(WireRequest wire) =>
        wire.Header("content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true;
}
