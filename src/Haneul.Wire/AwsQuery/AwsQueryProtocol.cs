using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Query;
using Haneul.Wire.Xml;

namespace Haneul.Wire.AwsQuery;

/// <summary>
/// awsQuery: form parameters in, XML out. <see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html"/>
/// </summary>
public sealed class AwsQueryProtocol : IWireProtocol
{
    public Protocol Protocol => Protocol.AwsQuery;

    public ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels) =>
        new QueryShapeReader(FormBody.Parameters(request), ec2: false);

    public void Write(Operation operation, IShape output, WireResponse response, string requestId)
    {
        response.ContentType = "text/xml";
        response.SetHeader("x-amzn-RequestId", requestId);
        var xml = new XmlText(response.Body);
        var answer = operation.Name + "Response";
        xml.Open(answer, operation.Service.XmlNamespace is { } uri ? XmlText.Attribute("xmlns", uri) : null);
        var wrapper = operation.ResultWrapper ?? (operation.Output == Schema.Unit ? null : operation.Name + "Result");
        if (wrapper is not null)
        {
            output.Write(new XmlShapeWriter(response.Body, wrapper));
        }

        xml.Open("ResponseMetadata");
        xml.Element("RequestId", requestId);
        xml.Close("ResponseMetadata");
        xml.Close(answer);
    }

    public void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId)
    {
        response.ContentType = "text/xml";
        response.Status = error.Shape.Status;
        response.SetHeader("x-amzn-RequestId", requestId);
        var xml = new XmlText(response.Body);
        xml.Open("ErrorResponse", service?.XmlNamespace is { } uri ? XmlText.Attribute("xmlns", uri) : null);
        XmlErrorBody.Write(xml, error, response, withType: true);
        xml.Element("RequestId", requestId);
        xml.Close("ErrorResponse");
    }
}
