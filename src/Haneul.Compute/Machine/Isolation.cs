using Haneul.Compute.Cgroups;
using Haneul.Compute.Native;

namespace Haneul.Compute.Machine;

/// <summary>What keeps sandboxes apart on this machine.</summary>
public sealed class Isolation
{
    /// <summary>The path of bubblewrap; null where it is absent.</summary>
    public string? Bubblewrap { get; private init; }

    /// <summary>The cloud runs as root and gives every sandbox a user id of its own.</summary>
    public bool Privileged { get; private init; }

    /// <summary>Every sandbox has a network of its own. Without it, sandboxes share the host's.</summary>
    public bool OwnNetwork { get; private init; }

    /// <summary>Controllers that bound sandboxes: some of <c>memory</c>, <c>cpu</c>, <c>pids</c>, <c>freezer</c>.</summary>
    public IReadOnlySet<string> Controllers { get; private init; } = new HashSet<string>();

    /// <summary>Why a controller is missing, if one is.</summary>
    public string? MissingControllers { get; private init; }

    internal static Isolation Detect(CgroupTree groups)
    {
        // Root without setpriv could not become anybody else inside.
        var privileged = OperatingSystem.IsLinux() && Libc.EffectiveUser() == 0 && Programs.Find("setpriv") is not null;
        return new Isolation
        {
            Bubblewrap = Programs.Find("bwrap"),
            Privileged = privileged,

            // Entering another network namespace takes the power of root over it.
            OwnNetwork = privileged,
            Controllers = groups.Controllers,
            MissingControllers = groups.Missing,
        };
    }
}
