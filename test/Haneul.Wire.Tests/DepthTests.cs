using System.Text;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>A shape may hold itself, so depth is bounded by the reader: a deep body must not end the process.</summary>
public sealed class DepthTests
{
    private const int Deep = 100_000;

    [Fact]
    public void Deep_cbor_is_refused() =>
        Refused(Protocol.RpcV2Cbor, [.. Enumerable.Repeat<byte[]>([0xBF, 0x65, .. "Inner"u8], Deep).SelectMany(part => part)]);

    [Fact]
    public void Deep_xml_is_refused() => Refused(
        Protocol.RestXml, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<Inner>", Deep)) + string.Concat(Enumerable.Repeat("</Inner>", Deep))));

    [Fact]
    public void Deep_parameters_are_refused() =>
        Refused(Protocol.AwsQuery, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Inner.", 20_000)) + "Text=a"));

    private static void Refused(Protocol protocol, byte[] body) =>
        Assert.Throws<WireFormatException>(() => Tree.Read(protocol, Schemas.Everything, new FakeRequest(body)));
}
