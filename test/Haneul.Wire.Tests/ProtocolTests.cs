using System.Text;
using System.Xml.Linq;
using CsCheck;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Cbor;
using Haneul.Wire.Json;
using Haneul.Wire.Xml;

namespace Haneul.Wire.Tests;

public sealed class ProtocolTests
{
    private static readonly Sample s_full = new()
    {
        Text = "a <b> & \"c\" \u00e9\ud83d\ude00",
        Flag = true,
        Count = -7,
        Big = 9_007_199_254_740_993,
        Ratio = 0.1,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
        Bytes = [0, 1, 255],
        Items = ["one", "two"],
        Flat = ["x", "y"],
        Tags = new Dictionary<string, string> { ["k"] = "v", ["k2"] = "" },
        Inner = new Sample { Text = "inside", Items = [] },
    };

    [Fact]
    public void Json_reads_what_it_wrote()
    {
        var response = new FakeResponse();
        WireProtocols.Of(Protocol.AwsJson10).Write(Sample.Operation, s_full, response, "id");
        AssertFull(Sample.Read(new JsonShapeReader(response.Bytes)));
    }

    [Fact]
    public void Cbor_reads_what_it_wrote()
    {
        var response = new FakeResponse();
        WireProtocols.Of(Protocol.RpcV2Cbor).Write(Sample.Operation, s_full, response, "id");
        Assert.Equal("rpc-v2-cbor", response.Headers["smithy-protocol"]);
        AssertFull(Sample.Read(new CborShapeReader(response.Bytes)));
    }

    [Fact]
    public void Xml_reads_what_it_wrote()
    {
        var response = new FakeResponse();
        WireProtocols.Of(Protocol.RestXml).Write(Sample.Operation, s_full, response, "id");
        AssertFull(Sample.Read(new XmlShapeReader(response.Bytes)));
    }

    [Fact]
    public void Query_answers_have_wrapper_namespace_and_request_id()
    {
        var response = new FakeResponse();
        WireProtocols.Of(Protocol.AwsQuery).Write(Sample.Operation, s_full, response, "the-id");
        var xml = XElement.Parse(response.Text);
        XNamespace ns = "https://sample.example/doc/";
        Assert.Equal(ns + "DoSampleResponse", xml.Name);
        Assert.Equal("the-id", xml.Element(ns + "ResponseMetadata")!.Element(ns + "RequestId")!.Value);
        var result = xml.Element(ns + "DoSampleResult")!;
        Assert.Equal(["one", "two"], result.Element(ns + "Items")!.Elements(ns + "member").Select(e => e.Value));
        Assert.Equal(["x", "y"], result.Elements(ns + "Flat").Select(e => e.Value));
        Assert.Equal("v", result.Element(ns + "Tags")!.Elements(ns + "entry").First().Element(ns + "value")!.Value);
        Assert.Equal("2023-11-14T22:13:20.123Z", result.Element(ns + "Time")!.Value);
    }

    [Fact]
    public void Query_parameters_become_members()
    {
        const string form = "Action=DoSample&Text=a%20b%2Bc+d&Flag=true&Count=5&Time=2023-11-14T22%3A13%3A20Z&Items.member.2=two&Items.member.1=one"
            + "&Items.member.10=ten&Flat.1=x&Flat.2=y&Tags.entry.1.key=k&Tags.entry.1.value=v&Inner.Text=in&Inner.Inner.Count=3";
        var sample = Sample.Read(WireProtocols.Of(Protocol.AwsQuery).Read(Sample.Operation, new FakeRequest(form), RouteLabels.None));
        Assert.Equal("a b+c d", sample.Text);
        Assert.Equal(["one", "two", "ten"], sample.Items);
        Assert.Equal(["x", "y"], sample.Flat);
        Assert.Equal("v", sample.Tags!["k"]);
        Assert.Equal(3, sample.Inner!.Inner!.Count);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), sample.Time);
    }

    [Fact]
    public void Ec2_parameters_are_capitalised_and_flat()
    {
        var sample = Sample.Read(WireProtocols.Of(Protocol.Ec2Query).Read(
            Sample.Operation, new FakeRequest("Text=t&Items.1=one&Items.2=two&Inner.Count=1"), RouteLabels.None));
        Assert.Equal(["one", "two"], sample.Items);
        Assert.Equal(1, sample.Inner!.Count);
    }

    [Fact]
    public void Unknown_members_and_nulls_are_passed_over()
    {
        var sample = Sample.Read(new JsonShapeReader("""{"Nope":{"a":[1,{}]},"Text":null,"Count":1,"Items":[null,"a"],"T\u0065xt":"escaped"}"""u8.ToArray()));
        Assert.Equal("escaped", sample.Text);
        Assert.Equal(1, sample.Count);
        Assert.Equal(["a"], sample.Items);
    }

    [Theory]
    [InlineData("""{"Text":1}""", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("""{"Count":"1"}""", "STRING_VALUE cannot be converted to Integer")]
    [InlineData("""{"Count":1.5}""", "DECIMAL_VALUE cannot be converted to Integer")]
    [InlineData("""{"Text":[]}""", "Start of list found where not expected")]
    [InlineData("""{"Text":{}}""", "Start of structure or map found where not expected.")]
    [InlineData("""{"Items":"a"}""", "Unexpected field type")]
    [InlineData("""[]""", "Start of list found where not expected")]
    public void A_value_of_another_type_is_named(string json, string message)
    {
        var error = Assert.Throws<WireFormatException>(() => Sample.Read(new JsonShapeReader(Encoding.UTF8.GetBytes(json))));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"Text\":\"\\ud800\"}")]
    [InlineData("{\"Bytes\":\"%%%\"}")]
    [InlineData("{\"Time\":1e300}")]
    [InlineData("nonsense")]
    public void Malformed_json_is_refused(string json) =>
        Assert.Throws<WireFormatException>(() => Sample.Read(new JsonShapeReader(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Json_nested_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"Inner\":", 500)) + "{}" + new string('}', 500);
        Assert.Throws<WireFormatException>(() => Sample.Read(new JsonShapeReader(Encoding.UTF8.GetBytes(deep))));
    }

    [Fact]
    public void Xml_with_a_document_type_is_refused() =>
        Assert.Throws<WireFormatException>(() => new XmlShapeReader("<!DOCTYPE a [<!ENTITY b 'c'>]><Sample><Text>&b;</Text></Sample>"u8.ToArray()));

    [Fact]
    public void Errors_speak_each_protocols_language()
    {
        var shape = new ErrorShape("ThingNotFoundException", "ThingNotFound", 404, Sender: true);
        var json = Error(Protocol.AwsJson11, shape);
        Assert.Equal("""{"__type":"ThingNotFoundException","message":"no thing"}""", json.Text);
        Assert.Equal("application/x-amz-json-1.1", json.ContentType);
        Assert.Equal(404, json.Status);

        var rest = Error(Protocol.RestJson1, shape with { MessageMember = "Message", HasType = true });
        Assert.Equal("""{"Type":"User","Message":"no thing"}""", rest.Text);
        Assert.Equal("ThingNotFoundException", rest.Headers["x-amzn-ErrorType"]);

        var query = XElement.Parse(Error(Protocol.AwsQuery, shape).Text);
        XNamespace ns = "https://sample.example/doc/";
        Assert.Equal("ThingNotFound", query.Element(ns + "Error")!.Element(ns + "Code")!.Value);
        Assert.Equal("Sender", query.Element(ns + "Error")!.Element(ns + "Type")!.Value);

        var ec2 = XElement.Parse(Error(Protocol.Ec2Query, shape).Text);
        Assert.Equal("no thing", ec2.Element("Errors")!.Element("Error")!.Element("Message")!.Value);
        Assert.Equal("id", ec2.Element("RequestID")!.Value);
    }

    [Fact]
    public void Random_bytes_end_in_a_format_error_or_a_value_and_nothing_else()
    {
        ReadOnlyMemory<byte> seed = """{"Text":"a","Count":1,"Items":["b"],"Tags":{"k":"v"},"Inner":{"Flag":true}}"""u8.ToArray();
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte, Gen.Byte.Array[0, 64]).Sample((at, value, noise) =>
        {
            var flipped = seed.ToArray();
            flipped[at] = value;
            Try(() => Sample.Read(new JsonShapeReader(flipped)));
            Try(() => Sample.Read(new JsonShapeReader(noise)));
            Try(() => Sample.Read(new CborShapeReader(noise)));
            Try(() => Sample.Read(new XmlShapeReader(noise)));
            Try(() => Sample.Read(WireProtocols.Of(Protocol.AwsQuery).Read(Sample.Operation, new FakeRequest(noise), RouteLabels.None)));
        }, iter: 2_000);

        static void Try(Action read)
        {
            try
            {
                read();
            }
            catch (WireFormatException)
            {
                // The one answer that bad bytes may get.
            }
        }
    }

    private static FakeResponse Error(Protocol protocol, ErrorShape shape)
    {
        var response = new FakeResponse();
        WireProtocols.Of(protocol).WriteError(shape.With("no thing"), Sample.Model, response, "id");
        return response;
    }

    private static void AssertFull(Sample sample)
    {
        Assert.Equal(s_full.Text, sample.Text);
        Assert.Equal(s_full.Flag, sample.Flag);
        Assert.Equal(s_full.Count, sample.Count);
        Assert.Equal(s_full.Big, sample.Big);
        Assert.Equal(s_full.Ratio, sample.Ratio);
        Assert.Equal(s_full.Time, sample.Time);
        Assert.Equal(s_full.Bytes, sample.Bytes);
        Assert.Equal(s_full.Items, sample.Items);
        Assert.Equal(s_full.Flat, sample.Flat);
        Assert.Equal(s_full.Tags, sample.Tags);
        Assert.Equal("inside", sample.Inner!.Text);
        Assert.Empty(sample.Inner.Items!);
    }
}
