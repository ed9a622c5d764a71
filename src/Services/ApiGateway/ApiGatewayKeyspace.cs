using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.ApiGateway;

/// <summary>
/// All keys of the service. One partition holds all APIs: their ids are unique in the whole cloud, since host names are made of them.
/// <code>
/// 01 api                    -> account, region and the API
/// 02 account region api     -> nothing: the list of a region's APIs
/// 03 api route              -> route
/// 04 api integration        -> integration
/// 05 api stage              -> stage
/// 06 api deployment         -> deployment with the routes and integrations that it froze
/// </code>
/// Values are a version byte and JSON in UTF-8, under the names of AWS's model.
/// </summary>
internal static class ApiGatewayKeyspace
{
    public const byte Apis = 1;
    public const byte Regions = 2;
    public const byte Routes = 3;
    public const byte Integrations = 4;
    public const byte Stages = 5;
    public const byte Deployments = 6;

    public static PartitionId Partition { get; } = PartitionId.Of("apigateway");

    public static byte[] Key(byte kind, params ReadOnlySpan<string?> parts) => KeyWriter.Of(kind, parts);
}
