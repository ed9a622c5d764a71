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

    /// <summary>The loopback port for connections out of sandboxes, where every key must be one that was issued here; null if there is none.</summary>
    public int? SandboxPort { get; set; }
}
