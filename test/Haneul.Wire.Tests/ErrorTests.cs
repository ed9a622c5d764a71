using System.Formats.Cbor;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>How each protocol words an error.</summary>
public sealed class ErrorTests
{
    private static readonly Schema s_details = Schema.Structure("Details", [new("Reason", () => Schema.Simple(ShapeKind.String, "String"))]);

    private static readonly ErrorShape s_shape = new("ThingNotFoundException", "ThingNotFound", 404, Sender: true);

    [Theory]
    [InlineData(Protocol.AwsJson10, """{"__type":"com.example#ThingNotFoundException","message":"no <thing>","Reason":"r"}""", "application/x-amz-json-1.0")]
    [InlineData(Protocol.AwsJson11, """{"__type":"com.example#ThingNotFoundException","message":"no <thing>","Reason":"r"}""", "application/x-amz-json-1.1")]
    [InlineData(Protocol.RestJson1, """{"message":"no <thing>","Reason":"r"}""", "application/json")]
    [InlineData(Protocol.AwsQuery, "<ErrorResponse><Error><Type>Sender</Type><Code>ThingNotFound</Code><Message>no &lt;thing&gt;</Message><Reason>r</Reason></Error><RequestId>id</RequestId></ErrorResponse>", "text/xml")]
    [InlineData(Protocol.Ec2Query, "<Response><Errors><Error><Code>ThingNotFound</Code><Message>no &lt;thing&gt;</Message><Reason>r</Reason></Error></Errors><RequestID>id</RequestID></Response>", "text/xml")]
    [InlineData(Protocol.RestXml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>ThingNotFound</Code><Message>no &lt;thing&gt;</Message><Reason>r</Reason></Error><RequestId>id</RequestId></ErrorResponse>", "application/xml")]
    public void Errors_are_written(Protocol protocol, string body, string type)
    {
        var response = Write(protocol, s_shape);
        Assert.Equal(body, response.Text);
        Assert.Equal(type, response.ContentType);
        Assert.Equal(404, response.Status);
    }

    [Fact]
    public void Rest_json_names_the_error_in_a_header() =>
        Assert.Equal("ThingNotFoundException", Write(Protocol.RestJson1, s_shape).Headers["X-Amzn-Errortype"]);

    [Theory]
    [InlineData(Protocol.AwsJson10)]
    [InlineData(Protocol.RpcV2Cbor)]
    public void Query_compatible_services_add_the_old_code(Protocol protocol)
    {
        Assert.Equal("ThingNotFound;Sender", Write(protocol, s_shape, queryCompatible: true).Headers["x-amzn-query-error"]);
        Assert.False(Write(protocol, s_shape).Headers.ContainsKey("x-amzn-query-error"));
    }

    [Fact]
    public void Cbor_errors_have_a_type_a_message_and_their_members()
    {
        var cbor = new CborReader(Write(Protocol.RpcV2Cbor, s_shape).Bytes);
        cbor.ReadStartMap();
        List<string> texts = [];
        while (cbor.PeekState() != CborReaderState.EndMap)
        {
            texts.Add(cbor.ReadTextString());
        }

        Assert.Equal(["__type", "com.example#ThingNotFoundException", "message", "no <thing>", "Reason", "r"], texts);
    }

    private static FakeResponse Write(Protocol protocol, ErrorShape shape, bool queryCompatible = false)
    {
        var response = new FakeResponse();
        var model = new ServiceModel
        {
            Id = "sample", ServiceId = "Sample", SigningName = "sample", ActionPrefix = "sample", EndpointPrefix = "sample", ApiVersion = "2020-01-01",
            Protocols = [protocol], Operations = [], ErrorNamespace = "com.example#", QueryCompatible = queryCompatible,
        };
        WireProtocols.Of(protocol).WriteError(shape.With("no <thing>", Tree.Parse(s_details, """{"Reason":"r"}""")), model, response, "id");
        return response;
    }
}
