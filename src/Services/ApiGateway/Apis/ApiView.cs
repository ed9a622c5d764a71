using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Apis;

/// <summary>An API as answers show it: with the address that reaches it from where the caller is.</summary>
internal static class ApiView
{
    /// <param name="api">The API.</param>
    /// <param name="context">The call.</param>
    /// <param name="warnings">What an import left out.</param>
    /// <param name="importInfo">What an import ignored.</param>
    public static Api Of(Api api, CallContext context, IReadOnlyList<string>? warnings = null, IReadOnlyList<string>? importInfo = null) =>
        Copy(api, endpoint: EndpointOf(api, context.Endpoint), warnings: warnings, importInfo: importInfo);

    public static string EndpointOf(Api api, string callersEndpoint)
    {
        var isSecure = new Uri(callersEndpoint).Scheme == Uri.UriSchemeHttps;
        return EndpointOf(api.ApiId!, callersEndpoint, api.ProtocolType == ProtocolType.Http ? null : isSecure ? "wss" : "ws");
    }

    /// <summary>The host name that names the API, at the port that the caller used.</summary>
    /// <param name="apiId">The API.</param>
    /// <param name="callersEndpoint">The cloud as the caller knows it.</param>
    /// <param name="scheme">The caller's own if null.</param>
    public static string EndpointOf(string apiId, string callersEndpoint, string? scheme = null)
    {
        var uri = new Uri(callersEndpoint);
        var host = uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? "localhost" : uri.Host;
        return $"{scheme ?? uri.Scheme}://{apiId}.execute-api.{host}{(uri.IsDefaultPort ? "" : ":" + uri.Port)}";
    }

    /// <summary>A copy of the API with some of its facts changed.</summary>
    public static Api Copy(
        Api api, string? endpoint = null, Cors? cors = null, bool clearCors = false, UpdateApiRequest? update = null,
        IReadOnlyDictionary<string, string>? tags = null, IReadOnlyList<string>? warnings = null,
        IReadOnlyList<string>? importInfo = null) => new()
    {
        ApiEndpoint = endpoint,
        ApiGatewayManaged = api.ApiGatewayManaged,
        ApiId = api.ApiId,
        ApiKeySelectionExpression = api.ApiKeySelectionExpression,
        CorsConfiguration = clearCors ? null : cors ?? update?.CorsConfiguration ?? api.CorsConfiguration,
        CreatedDate = api.CreatedDate,
        Description = update?.Description ?? api.Description,
        DisableSchemaValidation = update?.DisableSchemaValidation ?? api.DisableSchemaValidation,
        DisableExecuteApiEndpoint = update?.DisableExecuteApiEndpoint ?? api.DisableExecuteApiEndpoint,
        ImportInfo = importInfo,
        IpAddressType = api.IpAddressType,
        Name = update?.Name ?? api.Name,
        ProtocolType = api.ProtocolType,
        RouteSelectionExpression = update?.RouteSelectionExpression ?? api.RouteSelectionExpression,
        Tags = tags ?? api.Tags,
        Version = update?.Version ?? api.Version,
        Warnings = warnings,
    };
}
