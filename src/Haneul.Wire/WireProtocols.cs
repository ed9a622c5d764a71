using Haneul.Kernel.Operations;
using Haneul.Wire.AwsJson;
using Haneul.Wire.AwsQuery;
using Haneul.Wire.Ec2Query;
using Haneul.Wire.RestJson;
using Haneul.Wire.RestXml;
using Haneul.Wire.RpcCbor;

namespace Haneul.Wire;

/// <summary>All protocols, by name.</summary>
public static class WireProtocols
{
    private static readonly IWireProtocol[] s_protocols =
    [
        new AwsJsonProtocol(Protocol.AwsJson10), new AwsJsonProtocol(Protocol.AwsJson11), new AwsQueryProtocol(), new Ec2QueryProtocol(),
        new RestJsonProtocol(), new RestXmlProtocol(), new RpcCborProtocol(),
    ];

    public static IWireProtocol Of(Protocol protocol) => s_protocols[(int)protocol];
}
