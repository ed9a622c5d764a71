using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Query;
using Haneul.Wire.Xml;

namespace Haneul.Wire.Ec2Query;

/// <summary>
/// ec2Query: awsQuery's relative with flat lists and an answer without wrapper.
/// <see href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html"/>
/// </summary>
public sealed class Ec2QueryProtocol : IWireProtocol
{
    public Protocol Protocol => Protocol.Ec2Query;

    public ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels) =>
        new QueryShapeReader(FormBody.Parameters(request), ec2: true);

    public void Write(Operation operation, IShape output, WireResponse response, string requestId)
    {
        response.ContentType = "text/xml";
        var xml = new XmlText(response.Body);
        var answer = operation.Name + "Response";
        xml.Open(answer, operation.Service.XmlNamespace is { } uri ? XmlText.Attribute("xmlns", uri) : null);
        xml.Element("requestId", requestId);
        output.Write(new XmlShapeWriter(response.Body, root: null));
        xml.Close(answer);
    }

    public void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId)
    {
        response.ContentType = "text/xml";
        response.Status = error.Shape.Status;
        var xml = new XmlText(response.Body);
        xml.Open("Response");
        xml.Open("Errors");
        XmlErrorBody.Write(xml, error, response, withType: false);
        xml.Close("Errors");
        xml.Element("RequestID", requestId);
        xml.Close("Response");
    }
}
