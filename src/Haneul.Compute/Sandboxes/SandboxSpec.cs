namespace Haneul.Compute.Sandboxes;

/// <summary>What a sandbox is to run and how much it may use.</summary>
public sealed record SandboxSpec
{
    /// <summary>Program and arguments, as paths inside the sandbox.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The whole environment: nothing is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Directories that are shown read-only: path inside to path on the host.</summary>
    public IReadOnlyDictionary<string, string> Mounts { get; init; } = new Dictionary<string, string>();

    public string WorkingDirectory { get; init; } = "/";

    public required int MemoryMegabytes { get; init; }

    /// <summary>
    /// Where no control group bounds memory, each process is bounded instead. Programs that map far more than they use cannot bear that.
    /// </summary>
    public bool LimitsData { get; init; } = true;

    /// <summary>Size of the sandbox's own <c>/tmp</c>.</summary>
    public int TemporaryMegabytes { get; init; } = 512;

    public int MaxProcesses { get; init; } = 1024;

    public int MaxFiles { get; init; } = 1024;

    /// <summary>Ports on the sandbox's 127.0.0.1 on which the cloud listens.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];
}
