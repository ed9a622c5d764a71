using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>Facts of HTTP bindings, with JSON bodies. <see href="https://smithy.io/2.0/spec/http-bindings.html"/></summary>
public sealed class RestTests
{
    public static TheoryData<string, string, string> HeaderForms => new()
    {
        { "X-Text", "a, b", """{"Header":"a, b"}""" },
        { "X-Flag", "true", """{"HeaderFlag":true}""" },
        { "X-Count", "-3", """{"HeaderCount":-3}""" },
        { "X-Ratio", "NaN", """{"HeaderRatio":"NaN"}""" },
        { "X-Single", "0.1", """{"HeaderSingle":0.1}""" },
        { "X-Time", "Tue, 14 Nov 2023 22:13:20 GMT", """{"HeaderTime":"2023-11-14T22:13:20Z"}""" },
        { "X-Iso", "2023-11-14T22:13:20Z", """{"HeaderIso":"2023-11-14T22:13:20Z"}""" },
        { "X-List", "a, b", """{"HeaderList":["a","b"]}""" },
        { "X-List", "\"b,c\", \"\\\"d\\\"\", e", """{"HeaderList":["b,c","\"d\"","e"]}""" },
        { "X-Times", "Tue, 14 Nov 2023 22:13:20 GMT, Tue, 14 Nov 2023 22:13:21 GMT", """{"HeaderTimes":["2023-11-14T22:13:20Z","2023-11-14T22:13:21Z"]}""" },
        { "X-Isos", "2023-11-14T22:13:20Z, 2023-11-14T22:13:21Z", """{"HeaderIsos":["2023-11-14T22:13:20Z","2023-11-14T22:13:21Z"]}""" },
        { "X-Meta-Key", "v", """{"Prefixed":{"Key":"v"}}""" },
    };

    [Theory]
    [MemberData(nameof(HeaderForms))]
    public void Headers_travel_both_ways(string name, string text, string value)
    {
        foreach (var protocol in (Protocol[])[Protocol.RestJson1, Protocol.RestXml])
        {
            var request = new FakeRequest("");
            request.Headers[name] = text;
            Assert.Equal(value, Tree.Read(protocol, Schemas.Http, request));
            Assert.Equal(text, Tree.Write(protocol, Schemas.Http, value).Headers[name]);
        }
    }

    [Theory]
    [InlineData("q=a%20b%2Bc", """{"Query":"a b+c"}""")]
    [InlineData("q=", """{"Query":""}""")]
    [InlineData("q", """{"Query":""}""")]
    [InlineData("qt=2023-11-14T22%3A13%3A20Z", """{"QueryTime":"2023-11-14T22:13:20Z"}""")]
    [InlineData("ql=a&ql=b&ql=", """{"QueryList":["a","b",""]}""")]
    [InlineData("qf=false&other=1", """{"QueryFlag":false}""")]
    public void Query_parameters_become_members(string query, string value) =>
        Assert.Equal(value, Tree.Read(Protocol.RestJson1, Schemas.Http, new FakeRequest([], query: query)));

    [Fact]
    public void The_rest_of_the_query_becomes_a_map() =>
        Assert.Equal(
            """{"Query":"1","Rest":{"a":["x","y"],"b":["z"]}}""", Tree.Read(Protocol.RestJson1, Schemas.QueryMap, new FakeRequest([], query: "a=x&q=1&b=z&a=y")));

    [Fact]
    public void Labels_become_members()
    {
        var labels = new RouteLabels([new("label", "a/b c"), new("time", "2023-11-14T22:13:20Z")]);
        Assert.Equal("""{"Label":"a/b c","LabelTime":"2023-11-14T22:13:20Z"}""", Tree.Read(Protocol.RestJson1, Schemas.Http, new FakeRequest(""), labels));
    }

    [Fact]
    public void The_body_holds_what_is_bound_to_nothing_else()
    {
        // A body's copy of what belongs into the path is ignored.
        Assert.Equal("""{"Text":"t","Single":0.1}""", Tree.Read(Protocol.RestJson1, Schemas.Http, new FakeRequest("""{"Text":"t","Single":0.1,"label":"no"}""")));
        var response = Tree.Write(Protocol.RestJson1, Schemas.Http, """{"Header":"h","Status":202,"Text":"t","Single":0.1}""");
        Assert.Equal("""{"Text":"t","Single":0.1}""", response.Text);
        Assert.Equal(202, response.Status);
        Assert.Equal("application/json", response.ContentType);
    }

    [Fact]
    public void The_model_says_the_status_of_a_success() =>
        Assert.Equal(201, Tree.Write(Protocol.RestJson1, Schemas.Http, "{}", status: 201).Status);

    [Fact]
    public void An_answer_of_headers_alone_has_no_body()
    {
        var response = Tree.Write(Protocol.RestJson1, Schemas.HeadersOnly, """{"Header":"h"}""");
        Assert.Equal("", response.Text);
        Assert.Null(response.ContentType);
    }

    [Theory]
    [InlineData(ShapeKind.Blob, "\0\u0001", """{"Body":"AAE="}""", "application/octet-stream")]
    [InlineData(ShapeKind.String, "té", """{"Body":"té"}""", "text/plain")]
    [InlineData(ShapeKind.Structure, """{"Text":"a"}""", """{"Body":{"Text":"a"}}""", "application/json")]
    public void Payloads_are_the_whole_body(ShapeKind kind, string wire, string value, string type)
    {
        Assert.Equal(value, Tree.Read(Protocol.RestJson1, Schemas.Payload(kind), new FakeRequest(wire)));
        Assert.Equal("{}", Tree.Read(Protocol.RestJson1, Schemas.Payload(kind), new FakeRequest("")));
        var response = Tree.Write(Protocol.RestJson1, Schemas.Payload(kind), value);
        Assert.Equal(wire, response.Text);
        Assert.Equal(type, response.ContentType);
    }

    [Theory]
    [InlineData("X-Count", "many")]
    [InlineData("X-Flag", "yes")]
    [InlineData("X-Time", "soon")]
    public void Bad_headers_are_refused(string name, string text)
    {
        var request = new FakeRequest("");
        request.Headers[name] = text;
        Assert.Throws<WireFormatException>(() => Tree.Read(Protocol.RestJson1, Schemas.Http, request));
    }
}
