using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>Facts of awsJson 1.0 and 1.1. <see href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html"/></summary>
public sealed class JsonTests
{
    public static TheoryData<string, string> BothWays => new()
    {
        { """{"Text":"a\"\\é"}""", """{"Text":"a\"\\é"}""" },
        { """{"Flag":true,"Count":-2147483648,"Big":9223372036854775807}""", """{"Flag":true,"Count":-2147483648,"Big":9223372036854775807}""" },
        { """{"Ratio":1.5,"Single":0.1}""", """{"Ratio":1.5,"Single":0.1}""" },
        { """{"Ratio":"NaN","Single":"NaN"}""", """{"Ratio":"NaN","Single":"NaN"}""" },
        { """{"Ratio":"Infinity","Single":"-Infinity"}""", """{"Ratio":"Infinity","Single":"-Infinity"}""" },
        { """{"Time":1700000000}""", """{"Time":"2023-11-14T22:13:20Z"}""" },
        { """{"Time":1700000000.123}""", """{"Time":"2023-11-14T22:13:20.123Z"}""" },
        { """{"Time":-1}""", """{"Time":"1969-12-31T23:59:59Z"}""" },
        { """{"Iso":"2023-11-14T22:13:20Z"}""", """{"Iso":"2023-11-14T22:13:20Z"}""" },
        { """{"Http":"Tue, 14 Nov 2023 22:13:20 GMT"}""", """{"Http":"2023-11-14T22:13:20Z"}""" },
        { """{"HttpTarget":"Tue, 14 Nov 2023 22:13:20 GMT"}""", """{"HttpTarget":"2023-11-14T22:13:20Z"}""" },
        { """{"Epoch":1700000000}""", """{"Epoch":"2023-11-14T22:13:20Z"}""" },
        { """{"Dates":["Tue, 14 Nov 2023 22:13:20 GMT"]}""", """{"Dates":["2023-11-14T22:13:20Z"]}""" },
        { """{"Bytes":"AAH/"}""", """{"Bytes":"AAH/"}""" },
        { """{"Bytes":""}""", """{"Bytes":""}""" },
        { """{"Items":[],"Tags":{}}""", """{"Items":[],"Tags":{}}""" },
        { """{"Items":["a",""],"Flat":["b"]}""", """{"Items":["a",""],"Flat":["b"]}""" },
        { """{"Tags":{"k":"v"},"NamedTags":{"a":"b"},"MapOfLists":{"x":["y"]}}""", """{"Tags":{"k":"v"},"NamedTags":{"a":"b"},"MapOfLists":{"x":["y"]}}""" },
        { """{"Lists":[["a"],[]],"Structures":[{"text":"a"},{"number":1}]}""", """{"Lists":[["a"],[]],"Structures":[{"text":"a"},{"number":1}]}""" },
        { """{"Inner":{"Inner":{"Text":"deep"}}}""", """{"Inner":{"Inner":{"Text":"deep"}}}""" },
        { """{"Choice":{"number":0}}""", """{"Choice":{"number":0}}""" },
        { """{"re-named":"x"}""", """{"Renamed":"x"}""" },
        { "{}", "{}" },
    };

    [Theory]
    [MemberData(nameof(BothWays))]
    public void Values_travel_both_ways(string wire, string value)
    {
        Assert.Equal(value, Tree.Read(Protocol.AwsJson11, Schemas.Everything, new FakeRequest(wire)));
        Assert.Equal(wire, Tree.Write(Protocol.AwsJson10, Schemas.Everything, value).Text);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData(" {\n\t} ", "{}")]
    [InlineData("""{"__type":"a#b","Nope":[{}],"Text":"t"}""", """{"Text":"t"}""")]
    [InlineData("""{"Text":null,"Items":["a",null],"Tags":{"a":null,"b":"c"}}""", """{"Items":["a"],"Tags":{"b":"c"}}""")]
    [InlineData("""{"Count":1.0,"Ratio":1}""", """{"Count":1,"Ratio":1}""")]
    [InlineData("""{"Big":1e3}""", """{"Big":1000}""")]
    [InlineData("""{"Iso":"2023-11-15T00:13:20+02:00"}""", """{"Iso":"2023-11-14T22:13:20Z"}""")]
    public void Lenient_forms_are_read(string wire, string value) =>
        Assert.Equal(value, Tree.Read(Protocol.AwsJson10, Schemas.Everything, new FakeRequest(wire)));

    [Theory]
    [InlineData("""{"Count":2147483648}""")]
    [InlineData("""{"Big":9223372036854775808}""")]
    [InlineData("""{"Ratio":"nan"}""")]
    [InlineData("""{"Flag":"true"}""")]
    [InlineData("""{"Flag":0}""")]
    [InlineData("""{"Time":"soon"}""")]
    [InlineData("""{"Bytes":1}""")]
    [InlineData("""{"Tags":[]}""")]
    [InlineData("""{"Items":{}}""")]
    [InlineData("""{"Text":"a",}""")]
    [InlineData("null")]
    public void Bad_values_are_refused(string wire) =>
        Assert.Throws<WireFormatException>(() => Tree.Read(Protocol.AwsJson10, Schemas.Everything, new FakeRequest(wire)));

    [Fact]
    public void Content_type_names_the_version_and_empty_answers_are_objects()
    {
        Assert.Equal("application/x-amz-json-1.0", Tree.Write(Protocol.AwsJson10, Schemas.Empty, "{}").ContentType);
        Assert.Equal("application/x-amz-json-1.1", Tree.Write(Protocol.AwsJson11, Schemas.Empty, "{}").ContentType);
        Assert.Equal("{}", Tree.Write(Protocol.AwsJson11, Schemas.Empty, "{}").Text);
        Assert.Equal("", Tree.Write(Protocol.AwsJson11, Schema.Unit, "{}").Text);
    }
}
