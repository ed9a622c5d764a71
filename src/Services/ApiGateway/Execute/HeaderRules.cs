using System.Collections.Frozen;

namespace Haneul.ApiGateway.Execute;

/// <summary>
/// Which headers pass through an API, by name in any case.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html"/>
/// </summary>
internal static class HeaderRules
{
    private static readonly FrozenSet<string> s_endAtTheApi = Set(
        "connection", "content-length", "content-md5", "expect", "max-forwards", "proxy-authenticate", "server", "te", "transfer-encoding", "trailer", "upgrade",
        "www-authenticate", "keep-alive", "proxy-connection");

    private static readonly FrozenSet<string> s_illegal = Set("content-length", "transfer-encoding");

    private static readonly FrozenSet<string> s_illegalForServices = Set(
        "content-length", "transfer-encoding", "authorization", "connection", "expect", "proxy-authenticate", "te");

    private static readonly FrozenSet<string> s_dropped = Set("connection", "expect", "proxy-authenticate", "te", "via", "keep-alive", "proxy-connection");

    private static readonly FrozenSet<string> s_remapped = Set(
        "authorization", "connection", "content-length", "content-md5", "date", "expect", "host", "max-forwards", "proxy-authenticate", "server", "trailer", "upgrade",
        "user-agent", "www-authenticate", "x-amzn-requestid", "x-amz-apigw-id", "x-amzn-errortype");

    /// <summary>What a request brings and no integration, template or function sees.</summary>
    public static bool EndsAtTheApi(string name) => s_endAtTheApi.Contains(name);

    /// <summary>What no mapping may set: such an integration fails with 500.</summary>
    public static bool IsIllegal(string name, bool service) => (service ? s_illegalForServices : s_illegal).Contains(name);

    /// <summary>What a mapping may set and HTTP endpoints never get.</summary>
    public static bool IsDropped(string name) => s_dropped.Contains(name);

    /// <summary>The name under which an integration's header reaches the client; null if it does not.</summary>
    public static string? ToClient(string name)
    {
        if (name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return s_remapped.Contains(name) ? "x-amzn-Remapped-" + name : name;
    }

    /// <summary>Names and values that HTTP can carry; others would end the header and begin something else.</summary>
    public static bool IsValid(string name, string value) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
        && value.All(c => c is '\t' or (>= ' ' and < '\u007f'));

    private static FrozenSet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
