using Haneul.Kernel.Errors;

namespace Haneul.Wire.Xml;

/// <summary>The <c>Error</c> element of the XML protocols.</summary>
internal static class XmlErrorBody
{
    public static void Write(XmlText xml, ServiceError error, WireResponse response, bool withType, string? attributes = null)
    {
        xml.Open("Error", attributes);
        Inside(xml, error, response, withType);
        xml.Close("Error");
    }

    /// <summary>What stands inside the element: type, code, text and the error's own members.</summary>
    public static void Inside(XmlText xml, ServiceError error, WireResponse response, bool withType)
    {
        if (withType)
        {
            xml.Element("Type", error.Shape.Sender ? "Sender" : "Receiver");
        }

        xml.Element("Code", error.Shape.Code);
        xml.Element("Message", error.Message);
        error.Details?.Write(new XmlShapeWriter(response.Body, root: null));
    }
}
