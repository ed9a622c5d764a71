using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Wire;
using Haneul.Wire.Query;

namespace Haneul.Gateway.Stages;

/// <summary>Stage 4: target header, action parameter, or method and path tell the operation.</summary>
internal static class Resolve
{
    public static void Run(GatewayRequest request)
    {
        var service = request.Service!;
        var wire = request.Wire;
        string? name;
        switch (request.Protocol!.Protocol)
        {
            case Protocol.AwsJson10 or Protocol.AwsJson11:
                var target = wire.Header("x-amz-target");
                name = target?[(target.LastIndexOf('.') + 1)..];
                break;
            case Protocol.AwsQuery or Protocol.Ec2Query:
                name = FormBody.Parameters(wire).Find("Action");
                break;
            case Protocol.RpcV2Cbor:
                name = wire.RawPath[(wire.RawPath.LastIndexOf('/') + 1)..];
                break;
            default:
                var match = service.Routes.Match(wire.Method, wire.RawPath, wire.RawQuery);
                name = match?.Operation;
                request.Labels = match?.Labels ?? RouteLabels.None;
                break;
        }

        request.Row = name is null ? null : service.Find(name);
        if (request.Row is null)
        {
            request.Error = name is not null && service.IsUnserved(name)
                ? CommonErrors.NotImplemented.With($"Haneul does not support {service.Model.ServiceId} {name} yet.")
                : Unknown(request.Protocol.Protocol, name, service.Model);
        }
    }

    private static ServiceError Unknown(Protocol protocol, string? name, ServiceModel model) => protocol switch
    {
        Protocol.AwsQuery or Protocol.Ec2Query when name is null =>
            new ErrorShape("MissingAction", 400).With("The request must contain the parameter Action"),
        Protocol.AwsQuery or Protocol.Ec2Query =>
            CommonErrors.InvalidAction.With($"Could not find operation {name} for version {model.ApiVersion}"),
        Protocol.RestJson1 or Protocol.RestXml => new ErrorShape("UnknownOperationException", 404).With(null),
        _ => CommonErrors.UnknownOperationException.With(null),
    };
}
