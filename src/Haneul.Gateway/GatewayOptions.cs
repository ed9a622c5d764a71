namespace Haneul.Gateway;

/// <summary>What an operator sets at the edge.</summary>
public sealed class GatewayOptions
{
    /// <summary>What happens to access keys that nobody here issued.</summary>
    public AuthMode Auth { get; init; } = AuthMode.Open;

    /// <summary>Host names of this machine, besides localhost and addresses, under which its user may come with keys that were not issued here.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Largest body that is held in memory, in bytes; operations may allow more or less.</summary>
    public long MaxBody { get; init; } = 16 * 1024 * 1024;

    /// <summary>Where the access log goes: a file, or <c>-</c> for standard output; null for none.</summary>
    public string? AccessLog { get; init; }

    /// <summary>Explanations are kept of what was allowed too, and not of denials alone.</summary>
    public bool ExplainAllowed { get; init; }

    /// <summary>The product's version, for the health page.</summary>
    public string Version { get; init; } = "0.1.0";
}

public enum AuthMode
{
    /// <summary>Unknown keys act as the root of an account, from loopback only.</summary>
    Open,

    /// <summary>Unknown keys are refused as AWS refuses them.</summary>
    Strict,
}
