namespace Haneul.Kernel.Cloud;

/// <summary>Where this cloud lives on its machine: for services that keep files or hand out addresses.</summary>
public sealed class CloudEnvironment
{
    /// <summary>An absolute directory that belongs to this cloud alone. Services keep files in a folder of their own name in it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Everything is forgotten when the cloud stops, the data directory included.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>The port that the gateway listens on at 127.0.0.1; known once the server has started.</summary>
    public int Port { get; set; }

    /// <summary>
    /// The port on loopback that connections of functions and containers are forwarded to. What comes in there must be signed with keys that this cloud
    /// has issued, whatever the mode. Null while there is no such port; then they go to <see cref="Port"/>.
    /// </summary>
    public int? SandboxPort { get; set; }
}
