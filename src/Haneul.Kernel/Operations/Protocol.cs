namespace Haneul.Kernel.Operations;

/// <summary>The wire protocols of AWS's service models.</summary>
public enum Protocol : byte
{
    AwsJson10,
    AwsJson11,
    AwsQuery,
    Ec2Query,
    RestJson1,
    RestXml,
    RpcV2Cbor,
}
