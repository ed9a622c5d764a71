using System.Text;
using System.Text.Json;
using CsCheck;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Tests.Values;

/// <summary>The wire's JSON into the compact form and back.</summary>
public sealed class AttributeMapTests
{
    [Fact]
    public void Items_come_back_as_they_went_in() => Trees.Item.Sample(item =>
    {
        var read = Trees.Encode(item);
        Assert.Null(read.Invalid);
        Assert.Equal(Trees.Json(item), Trees.Normal(JsonDocument.Parse(read.ToString()!).RootElement));
    });

    [Fact]
    public void Equal_values_have_equal_bytes()
    {
        var one = Parse("""{"m":{"M":{"b":{"N":"1.0"},"a":{"SS":["y","x"]}}},"n":{"NS":["10","1e0"]}}""");
        var two = Parse("""{"n":{"NS":["1","10.0"]},"m":{"M":{"a":{"SS":["x","y"]},"b":{"N":"1"}}}}""");
        Assert.Equal(one.Span.ToArray(), two.Span.ToArray());
    }

    [Theory]
    [InlineData("""{"a":{}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"a":{"S":"x","N":"1"}}""", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("""{"a":{"NULL":false}}""", "One or more parameter values were invalid: Null attribute value types must have the value of true")]
    [InlineData("""{"a":{"SS":[]}}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"a":{"NS":[]}}""", "One or more parameter values were invalid: An number set  may not be empty")]
    [InlineData("""{"a":{"BS":[]}}""", "One or more parameter values were invalid: Binary sets should not be empty")]
    [InlineData("""{"a":{"SS":["b","a","b"]}}""", "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.")]
    [InlineData("""{"a":{"NS":["1","2","1.0"]}}""", "Input collection contains duplicates")]
    [InlineData("""{"a":{"BS":["AQ==","AQ=="]}}""", "One or more parameter values were invalid: Input collection [AQ==, AQ==]of type BS contains duplicates.")]
    [InlineData("""{"a":{"L":[{"M":{"x":{"N":"z"}}}]}}""", "The parameter cannot be converted to a numeric value: z")]
    public void Illegal_values_are_noted_in_the_words_of_aws(string json, string message)
    {
        var map = Parse(json);
        Assert.Equal(message, map.Invalid);
        Assert.Equal("a", map.InvalidName);
    }

    [Theory]
    [InlineData("""{"a":{"S":"\ud800"}}""")]
    [InlineData("""{"a":{"N":"1\ud800"}}""")]
    [InlineData("""{"a":{"B":"\ud800"}}""")]
    [InlineData("""{"a":{"NS":["\ud800"]}}""")]
    [InlineData("""{"\ud800":{"N":"1"}}""")]
    public void Half_surrogates_are_refused(string json) => Assert.Throws<Haneul.Kernel.Shapes.WireFormatException>(() => Parse(json));

    [Fact]
    public void Thirty_two_levels_are_allowed_and_no_more()
    {
        Assert.Null(Parse($$"""{"a":{{Nested(32)}}}""").Invalid);
        Assert.Equal("Nesting Levels have exceeded supported limits", Parse($$"""{"a":{{Nested(33)}}}""").Invalid);

        static string Nested(int levels) => levels == 0 ? """{"N":"1"}""" : $$"""{"L":[{{Nested(levels - 1)}}]}""";
    }

    [Theory]
    [InlineData("""{"a":{"S":"héllo"}}""", 1 + 6)]
    [InlineData("""{"ab":{"N":"123"}}""", 2 + 3)]
    [InlineData("""{"a":{"B":"AAEC"}}""", 1 + 3)]
    [InlineData("""{"a":{"BOOL":true},"b":{"NULL":true}}""", 2 + 2)]
    [InlineData("""{"a":{"L":[]}}""", 1 + 3)]
    [InlineData("""{"a":{"L":[{"S":"xy"}]}}""", 1 + 3 + 1 + 2)]
    [InlineData("""{"a":{"M":{"k":{"S":"xy"}}}}""", 1 + 3 + 1 + 1 + 2)]
    [InlineData("""{"a":{"SS":["x","yz"]}}""", 1 + 3)]
    public void Sizes_are_those_aws_counts(string json, int size) => Assert.Equal(size, ItemSize.OfMap(Parse(json).Span));

    internal static AttributeMap Parse(string json) => AttributeMap.Read(new Wire.Json.JsonShapeReader(Encoding.UTF8.GetBytes(json)));
}
