using Haneul.ApiGateway.Domains;

namespace Haneul.ApiGateway.Execute;

/// <summary>
/// The API that a request is for: by host, <c>API.execute-api.ANYTHING</c>, or by path, <c>/_aws/execute-api/API/STAGE/...</c> or
/// <c>/restapis/API/STAGE/_user_request_/...</c>, since host names made of ids do not resolve everywhere.
/// </summary>
/// <param name="ApiId">The API.</param>
/// <param name="Stage">The stage; null where the path may begin with one.</param>
/// <param name="Path">The path inside the API, still percent-encoded; begins with a slash.</param>
internal readonly record struct ApiAddress(string ApiId, string? Stage, string Path)
{
    /// <summary>The custom domain name that the request came to.</summary>
    public DomainRecord? Domain { get; init; }

    /// <summary>What a mapping of the custom domain name took off the path: empty, or beginning with a slash.</summary>
    public string BasePath { get; init; } = "";

    private const string Prefix = "/_aws/execute-api/";
    private const string UserPrefix = "/restapis/";
    private const string UserLabel = "_user_request_";
    private const string HostLabel = ".execute-api.";

    public static bool IsApi(string host, string rawPath) =>
        rawPath.StartsWith(Prefix, StringComparison.Ordinal) || UserRequest(rawPath) is not null || host.IndexOf(HostLabel, StringComparison.OrdinalIgnoreCase) > 0;

    public static ApiAddress? Parse(string host, string rawPath)
    {
        if (rawPath.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var parts = rawPath[Prefix.Length..].Split('/', 3);
            return parts[0].Length == 0
                ? null
                : new ApiAddress(parts[0], parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "$default", "/" + (parts.Length > 2 ? parts[2] : ""));
        }

        if (UserRequest(rawPath) is { } user)
        {
            return user;
        }

        var label = host.IndexOf(HostLabel, StringComparison.OrdinalIgnoreCase);
        return label <= 0 || host.AsSpan(0, label).Contains('.') ? null : new ApiAddress(host[..label].ToLowerInvariant(), null, rawPath);
    }

    /// <summary>By a custom domain name: the mapping with the longest key leads on; null if none does.</summary>
    public static ApiAddress? Parse(DomainRecord domain, string rawPath)
    {
        if (domain.Match(rawPath) is not { } mapping)
        {
            return null;
        }

        var basePath = mapping.Key.Length == 0 ? "" : "/" + mapping.Key;
        var rest = rawPath[basePath.Length..];
        return new ApiAddress(mapping.ApiId, mapping.Stage, rest.Length == 0 ? "/" : rest) { Domain = domain, BasePath = basePath };
    }

    // The management API has paths under /restapis too, but none with this label in the third place.
    private static ApiAddress? UserRequest(string rawPath)
    {
        if (!rawPath.StartsWith(UserPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = rawPath[UserPrefix.Length..].Split('/', 4);
        return parts.Length >= 3 && parts[0].Length > 0 && parts[2] == UserLabel
            ? new ApiAddress(parts[0], Uri.UnescapeDataString(parts[1]), "/" + (parts.Length > 3 ? parts[3] : ""))
            : null;
    }
}
