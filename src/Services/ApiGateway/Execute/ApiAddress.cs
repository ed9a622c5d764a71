namespace Haneul.ApiGateway.Execute;

/// <summary>
/// The API that a request is for: by host, <c>API.execute-api.ANYTHING</c>, or by path, <c>/_aws/execute-api/API/STAGE/...</c>, since host names made
/// of ids do not resolve everywhere.
/// </summary>
/// <param name="ApiId">The API.</param>
/// <param name="Stage">The stage; null where the path may begin with one.</param>
/// <param name="Path">The path inside the API, still percent-encoded; begins with a slash.</param>
internal readonly record struct ApiAddress(string ApiId, string? Stage, string Path)
{
    private const string Prefix = "/_aws/execute-api/";
    private const string HostLabel = ".execute-api.";

    public static bool IsApi(string host, string rawPath) =>
        rawPath.StartsWith(Prefix, StringComparison.Ordinal) || host.IndexOf(HostLabel, StringComparison.OrdinalIgnoreCase) > 0;

    public static ApiAddress? Parse(string host, string rawPath)
    {
        if (rawPath.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var parts = rawPath[Prefix.Length..].Split('/', 3);
            return parts[0].Length == 0
                ? null
                : new ApiAddress(parts[0], parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "$default", "/" + (parts.Length > 2 ? parts[2] : ""));
        }

        var label = host.IndexOf(HostLabel, StringComparison.OrdinalIgnoreCase);
        return label <= 0 || host.AsSpan(0, label).Contains('.') ? null : new ApiAddress(host[..label].ToLowerInvariant(), null, rawPath);
    }
}
