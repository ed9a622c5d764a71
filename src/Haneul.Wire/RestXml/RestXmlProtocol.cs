using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Rest;
using Haneul.Wire.Xml;

namespace Haneul.Wire.RestXml;

/// <summary>
/// restXml: methods and paths, XML bodies. <see href="https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html"/>
/// </summary>
public sealed class RestXmlProtocol : IWireProtocol
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    public Protocol Protocol => Protocol.RestXml;

    public ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels) =>
        new RestShapeReader(request, labels, static body => new XmlShapeReader(body));

    public void Write(Operation operation, IShape output, WireResponse response, string requestId)
    {
        response.Status = operation.Http?.Status ?? 200;
        response.SetHeader("x-amz-request-id", requestId);
        output.Write(new RestShapeWriter(response, payload =>
        {
            response.ContentType ??= "application/xml";
            new XmlText(response.Body).Raw(Declaration);
            var schema = payload?.Target ?? operation.Output;
            var root = payload is null ? schema.XmlRoot ?? schema.Name : schema.XmlRoot ?? payload.WireName;
            var uri = payload?.XmlNamespace ?? schema.XmlNamespace ?? operation.Service.XmlNamespace;
            return new XmlShapeWriter(response.Body, root, uri is null ? null : XmlText.Attribute("xmlns", uri));
        }));
    }

    public void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId)
    {
        response.ContentType = "application/xml";
        response.Status = error.Shape.Status;
        response.SetHeader("x-amz-request-id", requestId);
        var xml = new XmlText(response.Body);
        xml.Raw(Declaration);
        if (service is { Id: not "s3" })
        {
            xml.Open("ErrorResponse", service.XmlNamespace is { } uri ? XmlText.Attribute("xmlns", uri) : null);
            XmlErrorBody.Write(xml, error, response, withType: true);
            xml.Element("RequestId", requestId);
            xml.Close("ErrorResponse");
            return;
        }

        // S3 alone has no element around its error.
        xml.Open("Error");
        XmlErrorBody.Inside(xml, error, response, withType: false);
        xml.Element("RequestId", requestId);
        xml.Element("HostId", requestId);
        xml.Close("Error");
    }
}
