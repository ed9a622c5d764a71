using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>Facts of XML bodies. <see href="https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings"/></summary>
public sealed class XmlTests
{
    public static TheoryData<string, string> Elements => new()
    {
        { "<Text>a &lt;&amp;&gt; é</Text>", """{"Text":"a <&> é"}""" },
        { "<Text></Text>", """{"Text":""}""" },
        { "<Flag>false</Flag><Count>-1</Count><Big>9223372036854775807</Big>", """{"Flag":false,"Count":-1,"Big":9223372036854775807}""" },
        { "<Ratio>1.5</Ratio><Single>0.1</Single>", """{"Ratio":1.5,"Single":0.1}""" },
        { "<Ratio>NaN</Ratio><Single>-Infinity</Single>", """{"Ratio":"NaN","Single":"-Infinity"}""" },
        { "<Time>2023-11-14T22:13:20Z</Time>", """{"Time":"2023-11-14T22:13:20Z"}""" },
        { "<Http>Tue, 14 Nov 2023 22:13:20 GMT</Http><Epoch>1700000000</Epoch>", """{"Http":"2023-11-14T22:13:20Z","Epoch":"2023-11-14T22:13:20Z"}""" },
        { "<HttpTarget>Tue, 14 Nov 2023 22:13:20 GMT</HttpTarget>", """{"HttpTarget":"2023-11-14T22:13:20Z"}""" },
        { "<Bytes>AAH/</Bytes>", """{"Bytes":"AAH/"}""" },
        { "<Items><member>a</member><member></member></Items>", """{"Items":["a",""]}""" },
        { "<Items></Items>", """{"Items":[]}""" },
        { "<Dates><member>Tue, 14 Nov 2023 22:13:20 GMT</member></Dates>", """{"Dates":["2023-11-14T22:13:20Z"]}""" },
        { "<Named><item>a</item></Named>", """{"Named":["a"]}""" },
        { "<Flat>a</Flat><Flat>b</Flat>", """{"Flat":["a","b"]}""" },
        { "<Tags><entry><key>a</key><value>b</value></entry></Tags>", """{"Tags":{"a":"b"}}""" },
        { "<NamedTags><entry><K>a</K><V>b</V></entry></NamedTags>", """{"NamedTags":{"a":"b"}}""" },
        { "<FlatTags><K>a</K><V>b</V></FlatTags><FlatTags><K>c</K><V>d</V></FlatTags>", """{"FlatTags":{"a":"b","c":"d"}}""" },
        { "<Lists><member><member>a</member></member><member></member></Lists>", """{"Lists":[["a"],[]]}""" },
        { "<MapOfLists><entry><key>k</key><value><member>v</member></value></entry></MapOfLists>", """{"MapOfLists":{"k":["v"]}}""" },
        { "<Structures><member><text>a</text></member><member><number>1</number></member></Structures>", """{"Structures":[{"text":"a"},{"number":1}]}""" },
        { "<Inner kind=\"&lt;&quot;\"><Inner><Text>deep</Text></Inner></Inner>", """{"Inner":{"Attr":"<\"","Inner":{"Text":"deep"}}}""" },
        { "<Inner kind=\"a\"></Inner><Choice><number>0</number></Choice>", """{"Inner":{"Attr":"a"},"Choice":{"number":0}}""" },
        { "<re-named>x</re-named><Spaced xmlns:n=\"https://n.example/\">y</Spaced>", """{"Renamed":"x","Spaced":"y"}""" },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Rest_bodies_travel_both_ways(string xml, string value)
    {
        var body = $"<Everything>{xml}</Everything>";
        Assert.Equal(value, Tree.Read(Protocol.RestXml, Schemas.Everything, new FakeRequest(body)));
        var response = Tree.Write(Protocol.RestXml, Schemas.Everything, value);
        Assert.Equal("application/xml", response.ContentType);
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body, response.Text);
    }

    [Theory]
    [InlineData("<?xml version='1.0'?><!-- c --><a:E xmlns:a='b'><a:Text>x</a:Text></a:E>", """{"Text":"x"}""")]
    [InlineData("<E><Text><![CDATA[<x>]]></Text></E>", """{"Text":"<x>"}""")]
    [InlineData("<E><Nope><Text>y</Text></Nope><Count> 1 </Count></E>", """{"Count":1}""")]
    [InlineData("<E kind='k'><Flat>a</Flat><Text>t</Text><Flat>b</Flat></E>", """{"Attr":"k","Text":"t","Flat":["a","b"]}""")]
    [InlineData("", "{}")]
    public void Lenient_forms_are_read(string wire, string value) =>
        Assert.Equal(value, Tree.Read(Protocol.RestXml, Schemas.Everything, new FakeRequest(wire)));

    [Theory]
    [InlineData("<E><Count>a</Count></E>")]
    [InlineData("<E><Text>")]
    [InlineData("<E><Text>&nope;</Text></E>")]
    [InlineData("<!DOCTYPE E><E/>")]
    [InlineData("text")]
    public void Bad_bodies_are_refused(string wire) =>
        Assert.Throws<WireFormatException>(() => Tree.Read(Protocol.RestXml, Schemas.Everything, new FakeRequest(wire)));

    [Fact]
    public void Payloads_are_bodies_of_their_own()
    {
        var response = Tree.Write(Protocol.RestXml, Schemas.Payload(ShapeKind.Structure), """{"Header":"h","Body":{"Text":"a"}}""");
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Body><Text>a</Text></Body>", response.Text);
        Assert.Equal("h", response.Headers["X-Text"]);
        Assert.Equal("""{"Body":{"Text":"a"}}""", Tree.Read(Protocol.RestXml, Schemas.Payload(ShapeKind.Structure), new FakeRequest("<Body><Text>a</Text></Body>")));
    }
}
