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
/// 06 api deployment         -> deployment with all that it froze
/// 07 api authorizer         -> authorizer
/// 08 api model              -> model, by its id
/// 09 api route id           -> route response
/// 0A api integration id     -> integration response
/// 10 rest-api               -> account, region and the REST API
/// 11 account region rest-api -> nothing: the list of a region's REST APIs
/// 12 rest-api resource      -> resource with its methods and their integrations
/// 13 rest-api model         -> model, by its name
/// 14 rest-api validator     -> request validator
/// 15 rest-api authorizer    -> authorizer
/// 16 rest-api type          -> gateway response
/// 17 rest-api stage         -> stage
/// 18 rest-api deployment    -> deployment with all that it froze
/// 19 rest-api part          -> documentation part
/// 1A rest-api version       -> documentation version with the parts that it froze
/// 1B account region key     -> API key
/// 1C account region value   -> id of the API key that has the value
/// 1D account region plan    -> usage plan
/// 1E account region plan key -> nothing: the key is of the plan
/// 1F account region plan key day -> requests counted on that day (UTC), and the requests that were added by hand
/// 20 account region certificate -> client certificate with its private key
/// 21 account region         -> settings of the account
/// 22 domain                 -> custom domain name with its mappings
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
    public const byte Authorizers = 7;
    public const byte Models = 8;
    public const byte RouteResponses = 9;
    public const byte IntegrationResponses = 10;

    public const byte RestApis = 0x10;
    public const byte RestRegions = 0x11;
    public const byte RestResources = 0x12;
    public const byte RestModels = 0x13;
    public const byte RestValidators = 0x14;
    public const byte RestAuthorizers = 0x15;
    public const byte RestResponses = 0x16;
    public const byte RestStages = 0x17;
    public const byte RestDeployments = 0x18;
    public const byte RestDocumentationParts = 0x19;
    public const byte RestDocumentationVersions = 0x1A;

    public const byte ApiKeys = 0x1B;
    public const byte ApiKeyValues = 0x1C;
    public const byte UsagePlans = 0x1D;
    public const byte UsagePlanKeys = 0x1E;
    public const byte UsageCounts = 0x1F;
    public const byte ClientCertificates = 0x20;
    public const byte Accounts = 0x21;
    public const byte Domains = 0x22;

    /// <summary>What a REST API is made of.</summary>
    public static ReadOnlySpan<byte> RestParts =>
    [
        RestResources, RestModels, RestValidators, RestAuthorizers, RestResponses, RestStages, RestDeployments, RestDocumentationParts,
        RestDocumentationVersions,
    ];

    public static PartitionId Partition { get; } = PartitionId.Of("apigateway");

    public static byte[] Key(byte kind, params ReadOnlySpan<string?> parts) => KeyWriter.Of(kind, parts);
}
