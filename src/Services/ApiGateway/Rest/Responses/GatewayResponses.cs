using Haneul.ApiGateway.Contracts.V1;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Responses;

/// <summary>
/// What an API answers by itself: each type as the owner has set it, else as DEFAULT_4XX or DEFAULT_5XX, else as AWS has it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"/>
/// </summary>
internal static class GatewayResponses
{
    public const string DefaultTemplate = """{"message":$context.error.messageString}""";

    private const string JsonType = "application/json";

    /// <summary>In the order in which AWS lists them, with their status codes.</summary>
    private static readonly SortedDictionary<string, string?> s_statusCodes = new(StringComparer.Ordinal)
    {
        [GatewayResponseType.AccessDenied] = "403",
        [GatewayResponseType.ApiConfigurationError] = "500",
        [GatewayResponseType.AuthorizerConfigurationError] = "500",
        [GatewayResponseType.AuthorizerFailure] = "500",
        [GatewayResponseType.BadRequestBody] = "400",
        [GatewayResponseType.BadRequestParameters] = "400",
        [GatewayResponseType.Default4xx] = null,
        [GatewayResponseType.Default5xx] = null,
        [GatewayResponseType.ExpiredToken] = "403",
        [GatewayResponseType.IntegrationFailure] = "504",
        [GatewayResponseType.IntegrationTimeout] = "504",
        [GatewayResponseType.InvalidApiKey] = "403",
        [GatewayResponseType.InvalidSignature] = "403",
        [GatewayResponseType.MissingAuthenticationToken] = "403",
        [GatewayResponseType.QuotaExceeded] = "429",
        [GatewayResponseType.RequestTooLarge] = "413",
        [GatewayResponseType.ResourceNotFound] = "404",
        [GatewayResponseType.Throttled] = "429",
        [GatewayResponseType.Unauthorized] = "401",
        [GatewayResponseType.UnsupportedMediaType] = "415",
        [GatewayResponseType.WafFiltered] = "403",
    };

    public static IEnumerable<string> Types => s_statusCodes.Keys;

    public static List<GatewayResponse> Own(IPartitionReader reader, string apiId) =>
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestResponses, apiId, RestRecords.Default.GatewayResponse);

    /// <summary>The response of a type as it is in effect.</summary>
    /// <param name="type">The type.</param>
    /// <param name="own">Those that the owner has set.</param>
    public static GatewayResponse Effective(string type, IReadOnlyList<GatewayResponse> own)
    {
        if (Find(own, type) is { } set)
        {
            return set;
        }

        var status = s_statusCodes[type];
        var general = status is null ? null : Find(own, status[0] == '4' ? GatewayResponseType.Default4xx : GatewayResponseType.Default5xx);
        return new GatewayResponse
        {
            ResponseType = type,
            StatusCode = general?.StatusCode ?? status,
            ResponseParameters = general?.ResponseParameters ?? new Dictionary<string, string>(),
            ResponseTemplates = general?.ResponseTemplates ?? DefaultTemplates(),
            DefaultResponse = true,
        };
    }

    /// <summary>A response that the owner sets; what is not given is as AWS has it.</summary>
    public static GatewayResponse New(
        string type, string? statusCode, IReadOnlyDictionary<string, string>? parameters, IReadOnlyDictionary<string, string>? templates)
    {
        foreach (var (target, source) in parameters ?? new Dictionary<string, string>())
        {
            CheckParameter(target, source);
        }

        return new()
        {
            ResponseType = type,
            StatusCode = Texts.NullIfEmpty(statusCode) ?? s_statusCodes[type],
            ResponseParameters = parameters ?? new Dictionary<string, string>(),
            ResponseTemplates = templates is { Count: > 0 } ? templates : DefaultTemplates(),
            DefaultResponse = false,
        };
    }

    public static void CheckParameter(string target, string? source)
    {
        if (!target.StartsWith("gatewayresponse.header.", StringComparison.Ordinal))
        {
            throw RestFaults.Mapping($"Invalid mapping expression specified: {target}");
        }

        if (source is null || !(source is ['\'', .., '\''] || source.StartsWith("method.request.", StringComparison.Ordinal)
            || source.StartsWith("context.", StringComparison.Ordinal) || source.StartsWith("stageVariables.", StringComparison.Ordinal)))
        {
            throw RestFaults.Mapping($"Invalid mapping expression specified: {source ?? "null"}");
        }
    }

    private static Dictionary<string, string> DefaultTemplates() => new() { [JsonType] = DefaultTemplate };

    private static GatewayResponse? Find(IReadOnlyList<GatewayResponse> own, string type) =>
        own.FirstOrDefault(response => response.ResponseType == type);
}
