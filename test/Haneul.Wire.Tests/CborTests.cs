using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>Facts of rpcV2Cbor. <see href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html"/></summary>
public sealed class CborTests
{
    [Theory]
    [InlineData("BF6454657874F6FF", "{}")]
    [InlineData("A16454657874614F", """{"Text":"O"}""")]
    [InlineData("BF64546578747F61616162FFFF", """{"Text":"ab"}""")]
    [InlineData("A165436F756E7420", """{"Count":-1}""")]
    [InlineData("A163426967 1B7FFFFFFFFFFFFFFF", """{"Big":9223372036854775807}""")]
    [InlineData("A164466C6167F5", """{"Flag":true}""")]
    [InlineData("A165526174696FF93C00", """{"Ratio":1}""")]
    [InlineData("A165526174696FFA3FC00000", """{"Ratio":1.5}""")]
    [InlineData("A165526174696FFB7FF8000000000000", """{"Ratio":"NaN"}""")]
    [InlineData("A165526174696F01", """{"Ratio":1}""")]
    [InlineData("A16454696D65C11A6553F100", """{"Time":"2023-11-14T22:13:20Z"}""")]
    [InlineData("A16454696D65C1FB41D954FC40080000", """{"Time":"2023-11-14T22:13:20.125Z"}""")]
    [InlineData("A1654279746573420001", """{"Bytes":"AAE="}""")]
    [InlineData("A1654974656D738261616162", """{"Items":["a","b"]}""")]
    [InlineData("A1654974656D739FF66161FF", """{"Items":["a"]}""")]
    [InlineData("A16454616773BF6161F661626163FF", """{"Tags":{"b":"c"}}""")]
    [InlineData("A2644E6F70658301A02065436F756E7405", """{"Count":5}""")]
    [InlineData("", "{}")]
    public void Bytes_become_members(string hex, string value) =>
        Assert.Equal(value, Tree.Read(Protocol.RpcV2Cbor, Schemas.Everything, new FakeRequest(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))));

    [Theory]
    [MemberData(nameof(JsonTests.BothWays), MemberType = typeof(JsonTests))]
    public void Values_come_back(string json, string value)
    {
        Assert.NotNull(json);
        var response = Tree.Write(Protocol.RpcV2Cbor, Schemas.Everything, value);
        Assert.Equal("application/cbor", response.ContentType);
        Assert.Equal("rpc-v2-cbor", response.Headers["smithy-protocol"]);
        Assert.Equal(value, Tree.Read(Protocol.RpcV2Cbor, Schemas.Everything, new FakeRequest(response.Bytes)));
    }

    [Theory]
    [InlineData("A1645465787401")]
    [InlineData("A165436F756E741A80000000")]
    [InlineData("A16454696D65C001")]
    [InlineData("A164546578")]
    [InlineData("A0A0")]
    [InlineData("80")]
    public void Bad_bytes_are_refused(string hex) =>
        Assert.Throws<WireFormatException>(() => Tree.Read(Protocol.RpcV2Cbor, Schemas.Everything, new FakeRequest(Convert.FromHexString(hex))));

    [Fact]
    public void An_empty_structure_is_a_map_and_nothing_is_nothing()
    {
        Assert.Equal("BFFF", Convert.ToHexString(Tree.Write(Protocol.RpcV2Cbor, Schemas.Empty, "{}").Bytes));
        var none = Tree.Write(Protocol.RpcV2Cbor, Schema.Unit, "{}");
        Assert.Empty(none.Bytes);
        Assert.Null(none.ContentType);
    }
}
