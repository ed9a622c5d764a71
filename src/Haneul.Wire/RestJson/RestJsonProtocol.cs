using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Json;
using Haneul.Wire.Rest;

namespace Haneul.Wire.RestJson;

/// <summary>
/// restJson1: methods and paths, JSON bodies. <see href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html"/>
/// </summary>
public sealed class RestJsonProtocol : IWireProtocol
{
    public Protocol Protocol => Protocol.RestJson1;

    public ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels) =>
        new RestShapeReader(request, labels, static body => new JsonShapeReader(body));

    public void Write(Operation operation, IShape output, WireResponse response, string requestId)
    {
        response.Status = operation.Http?.Status ?? 200;
        response.SetHeader("x-amzn-RequestId", requestId);
        JsonShapeWriter? json = null;
        var rest = new RestShapeWriter(response, _ =>
        {
            response.ContentType ??= "application/json";
            return json = new JsonShapeWriter(response.Body);
        });
        output.Write(rest);
        json?.Dispose();
    }

    public void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId)
    {
        response.ContentType = "application/json";
        response.Status = error.Shape.Status;
        response.SetHeader("x-amzn-RequestId", requestId);
        response.SetHeader("x-amzn-ErrorType", error.Shape.Name);
        JsonErrorBody.Write(error, type: null, response);
    }
}
