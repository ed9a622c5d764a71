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
/// 10 rest-api               -> account, region and the REST API
/// 11 account region rest-api -> nothing: the list of a region's REST APIs
/// 12 rest-api resource      -> resource with its methods and their integrations
/// 13 rest-api model         -> model, by its name
/// 14 rest-api validator     -> request validator
/// 15 rest-api authorizer    -> authorizer
/// 16 rest-api type          -> gateway response
/// 17 rest-api stage         -> stage
/// 18 rest-api deployment    -> deployment with all that it froze
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

    public const byte RestApis = 0x10;
    public const byte RestRegions = 0x11;
    public const byte RestResources = 0x12;
    public const byte RestModels = 0x13;
    public const byte RestValidators = 0x14;
    public const byte RestAuthorizers = 0x15;
    public const byte RestResponses = 0x16;
    public const byte RestStages = 0x17;
    public const byte RestDeployments = 0x18;

    public static PartitionId Partition { get; } = PartitionId.Of("apigateway");

    public static byte[] Key(byte kind, params ReadOnlySpan<string?> parts) => KeyWriter.Of(kind, parts);
}
