using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>Facts of awsQuery and ec2Query. <see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html"/></summary>
public sealed class QueryTests
{
    [Theory]
    [InlineData("Text=a%20b%2Bc+d%26%3D%C3%A9", """{"Text":"a b+c d&=é"}""")]
    [InlineData("Text=", """{"Text":""}""")]
    [InlineData("Text", """{"Text":""}""")]
    [InlineData("Flag=true&Count=-5&Big=9223372036854775807", """{"Flag":true,"Count":-5,"Big":9223372036854775807}""")]
    [InlineData("Ratio=NaN&Single=-Infinity", """{"Ratio":"NaN","Single":"-Infinity"}""")]
    [InlineData("Time=2023-11-14T22%3A13%3A20.5Z", """{"Time":"2023-11-14T22:13:20.5Z"}""")]
    [InlineData("Http=Tue%2C+14+Nov+2023+22%3A13%3A20+GMT&Epoch=1700000000", """{"Http":"2023-11-14T22:13:20Z","Epoch":"2023-11-14T22:13:20Z"}""")]
    [InlineData("Bytes=AAH%2F", """{"Bytes":"AAH/"}""")]
    [InlineData("Items.member.2=b&Items.member.1=a&Items.member.10=c", """{"Items":["a","b","c"]}""")]
    [InlineData("Items=", """{"Items":[]}""")]
    [InlineData("Named.item.1=a", """{"Named":["a"]}""")]
    [InlineData("Flat.1=a&Flat.2=b", """{"Flat":["a","b"]}""")]
    [InlineData("Tags.entry.1.key=a&Tags.entry.1.value=b", """{"Tags":{"a":"b"}}""")]
    [InlineData("NamedTags.entry.1.K=a&NamedTags.entry.1.V=b", """{"NamedTags":{"a":"b"}}""")]
    [InlineData("FlatTags.1.K=a&FlatTags.1.V=b", """{"FlatTags":{"a":"b"}}""")]
    [InlineData("Lists.member.1.member.1=a&Lists.member.2.member.1=b", """{"Lists":[["a"],["b"]]}""")]
    [InlineData("MapOfLists.entry.1.key=k&MapOfLists.entry.1.value.member.1=v", """{"MapOfLists":{"k":["v"]}}""")]
    [InlineData("Structures.member.1.text=a&Structures.member.2.number=1", """{"Structures":[{"text":"a"},{"number":1}]}""")]
    [InlineData("Inner.Inner.Text=deep&Choice.number=1", """{"Inner":{"Inner":{"Text":"deep"}},"Choice":{"number":1}}""")]
    [InlineData("re-named=x&Action=Do&Version=1&Nope.member.1=z", """{"Renamed":"x"}""")]
    [InlineData("", "{}")]
    public void Parameters_become_members(string wire, string value) =>
        Assert.Equal(value, Tree.Read(Protocol.AwsQuery, Schemas.Everything, new FakeRequest(wire)));

    [Theory]
    [InlineData("Items.1=a&Items.2=b", """{"Items":["a","b"]}""")]
    [InlineData("Inner.Text=a&Flag=false", """{"Flag":false,"Inner":{"Text":"a"}}""")]
    [InlineData("Structures.1.Text=a", """{"Structures":[{"text":"a"}]}""")]
    public void Ec2_lists_are_flat_and_names_capitalised(string wire, string value) =>
        Assert.Equal(value, Tree.Read(Protocol.Ec2Query, Schemas.Everything, new FakeRequest(wire)));

    [Theory]
    [InlineData("Count=a")]
    [InlineData("Count=2147483648")]
    [InlineData("Flag=yes")]
    [InlineData("Time=soon")]
    [InlineData("Bytes=%25")]
    [InlineData("Text=%zz")]
    [InlineData("Text=%ff")]
    public void Bad_values_are_refused(string wire) =>
        Assert.Throws<WireFormatException>(() => Tree.Read(Protocol.AwsQuery, Schemas.Everything, new FakeRequest(wire)));

    [Theory]
    [MemberData(nameof(XmlTests.Elements), MemberType = typeof(XmlTests))]
    public void Answers_are_xml(string xml, string value)
    {
        var query = Tree.Write(Protocol.AwsQuery, Schemas.Everything, value);
        Assert.Equal("text/xml", query.ContentType);
        Assert.Equal($"<DoResponse><DoResult>{xml}</DoResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>", query.Text);
        Assert.Equal($"<DoResponse><requestId>id</requestId>{xml}</DoResponse>", Tree.Write(Protocol.Ec2Query, Schemas.Everything, value).Text);
    }
}
