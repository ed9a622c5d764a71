using System.Buffers;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Json;

namespace Haneul.Wire.AwsJson;

/// <summary>
/// awsJson 1.0 and 1.1: the operation in <c>X-Amz-Target</c>, one JSON object each way.
/// <see href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html"/>
/// </summary>
public sealed class AwsJsonProtocol(Protocol protocol) : IWireProtocol
{
    private readonly string _contentType = protocol == Protocol.AwsJson10 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";

    public Protocol Protocol => protocol;

    public ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels) => new JsonShapeReader(request.Body);

    public void Write(Operation operation, IShape output, WireResponse response, string requestId)
    {
        response.ContentType = _contentType;
        response.SetHeader("x-amzn-RequestId", requestId);
        if (operation.Output.Members.Length == 0)
        {
            // Operations that return nothing at all answer with an empty body, those that return an empty structure with an empty object.
            if (operation.Output != Schema.Unit)
            {
                response.Body.Write("{}"u8);
            }

            return;
        }

        using var writer = new JsonShapeWriter(response.Body);
        output.Write(writer);
    }

    public void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId)
    {
        response.ContentType = _contentType;
        response.Status = error.Shape.Status;
        response.SetHeader("x-amzn-RequestId", requestId);
        if (service?.QueryCompatible == true)
        {
            response.SetHeader("x-amzn-query-error", $"{error.Shape.Code};{(error.Shape.Sender ? "Sender" : "Receiver")}");
        }

        JsonErrorBody.Write(error, (service?.ErrorNamespace ?? "") + error.Shape.Name, response);
    }
}
