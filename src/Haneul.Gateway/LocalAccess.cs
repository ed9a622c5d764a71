using System.Net;
using Haneul.Kernel.Cloud;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway;

/// <summary>
/// Tells the machine's own user from everybody else: the connection comes from loopback, not out of a sandbox, and was made to a name that cannot be
/// somebody else's. A page on a foreign site can have its own name point to 127.0.0.1 (DNS rebinding); the name gives it away.
/// </summary>
internal sealed class LocalAccess(GatewayOptions options, CloudEnvironment environment)
{
    private static readonly string[] s_suffixes = [".localhost", ".localhost.localstack.cloud", ".amazonaws.com", ".internal"];

    private string? _lastTrusted;

    /// <summary>Whether the request comes out of a sandbox, where nobody is the machine's user.</summary>
    public bool IsSandbox(HttpContext http) => environment.SandboxPort is { } port && http.Connection.LocalPort == port;

    public bool IsLocal(HttpContext http) => Refusal(http) is null;

    /// <summary>Why the caller is not taken for the machine's user; null if he is.</summary>
    public string? Refusal(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            return "Keys that were not issued here are taken from this machine only.";
        }

        if (IsSandbox(http))
        {
            return "Functions must use the keys of their role.";
        }

        return IsTrusted(http.Request.Host.Host)
            ? null
            : $"The host name '{http.Request.Host.Host}' is not known to be this machine's; name it with --host.";
    }

    /// <summary>An operator's endpoint: for the machine's user, and never for a page in his browser.</summary>
    public bool IsOperator(HttpContext http) => IsLocal(http) && http.Request.Headers.Origin.Count == 0;

    private bool IsTrusted(string host)
    {
        if (host == _lastTrusted)
        {
            return true;
        }

        // A name without a dot is no public site's.
        var trusted = !host.Contains('.', StringComparison.Ordinal)
            || IPAddress.TryParse(host, out _)
            || Array.Exists(s_suffixes, suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            || options.Hosts.Any(own => host.Equals(own, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + own, StringComparison.OrdinalIgnoreCase))
            || host.Equals("localhost.localstack.cloud", StringComparison.OrdinalIgnoreCase);
        if (trusted)
        {
            _lastTrusted = host;
        }

        return trusted;
    }
}
