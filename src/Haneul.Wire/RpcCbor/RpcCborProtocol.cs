using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Cbor;

namespace Haneul.Wire.RpcCbor;

/// <summary>
/// rpc-v2-cbor: <c>POST /service/Name/operation/Name</c>, CBOR both ways.
/// <see href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html"/>
/// </summary>
public sealed class RpcCborProtocol : IWireProtocol
{
    public Protocol Protocol => Protocol.RpcV2Cbor;

    public ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels) => new CborShapeReader(request.Body);

    public void Write(Operation operation, IShape output, WireResponse response, string requestId)
    {
        Head(response, requestId);
        if (operation.Output == Schema.Unit)
        {
            response.ContentType = null;
            return;
        }

        var writer = new CborShapeWriter();
        output.Write(writer);
        writer.Cbor.CopyTo(response.Body);
    }

    public void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId)
    {
        Head(response, requestId);
        response.Status = error.Shape.Status;
        if (service?.QueryCompatible == true)
        {
            response.SetHeader("x-amzn-query-error", $"{error.Shape.Code};{(error.Shape.Sender ? "Sender" : "Receiver")}");
        }

        var writer = new CborShapeWriter();
        writer.Cbor.WriteStartMap(null);
        writer.Cbor.WriteTextString("__type");
        writer.Cbor.WriteTextString((service?.ErrorNamespace ?? "") + error.Shape.Name);
        if (error.Message is not null)
        {
            writer.Cbor.WriteTextString(error.Shape.MessageMember);
            writer.Cbor.WriteTextString(error.Message);
        }

        if (error.Details is not null)
        {
            writer.Inline(error.Details);
        }

        writer.Cbor.WriteEndMap();
        writer.Cbor.CopyTo(response.Body);
    }

    private static void Head(WireResponse response, string requestId)
    {
        response.ContentType = "application/cbor";
        response.SetHeader("smithy-protocol", "rpc-v2-cbor");
        response.SetHeader("x-amzn-RequestId", requestId);
    }
}
