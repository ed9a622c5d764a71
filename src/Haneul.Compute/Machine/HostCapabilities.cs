using System.Diagnostics;
using System.Globalization;
using Haneul.Compute.Cgroups;
using Haneul.Compute.Native;
using Haneul.Compute.Sandboxes;

namespace Haneul.Compute.Machine;

/// <summary>Something that sandboxes use of the machine.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Present">Whether the machine has it.</param>
/// <param name="Cost">What its absence costs.</param>
/// <param name="Remedy">How to get it; null if it cannot be had here.</param>
public sealed record HostCapability(string Name, bool Present, string Cost, string? Remedy);

/// <summary>A runtime and what runs it here.</summary>
/// <param name="Runtime">AWS's name.</param>
/// <param name="Interpreter">The program; null if there is none.</param>
/// <param name="Exact">Whether it is the runtime's own version.</param>
public sealed record RuntimeOnHost(string Runtime, Interpreter? Interpreter, bool Exact);

/// <summary>What this machine offers to functions, for an operator to read.</summary>
public sealed record HostCapabilities(IReadOnlyList<HostCapability> Capabilities, IReadOnlyList<RuntimeOnHost> Runtimes)
{
    private static readonly string[] s_runtimes =
    [
        "python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x",
    ];

    /// <summary>Looks at the machine; starts a few short processes and makes a control group for a moment.</summary>
    public static HostCapabilities Detect()
    {
        var interpreters = Interpreters.Detect();
        return new HostCapabilities(
            OperatingSystem.IsLinux() ? [.. OfLinux()] : [new HostCapability("Linux", Present: false, "No function can run.", "Run this cloud on Linux.")],
            [.. s_runtimes.Select(runtime => Describe(runtime, interpreters.For(runtime)))]);
    }

    private static RuntimeOnHost Describe(string runtime, Interpreter? found) =>
        new(runtime, found, found is not null && Interpreters.IsExact(found, runtime));

    private static IEnumerable<HostCapability> OfLinux()
    {
        const string run = "Run haneul as root, or in a container with --privileged.";
        var bubblewrap = Programs.Find("bwrap");
        yield return new HostCapability("bubblewrap", bubblewrap is not null, "No function can run.", "apt install bubblewrap");
        var privileged = Libc.EffectiveUser() == 0;
        yield return new HostCapability("root", privileged, "Functions share the host's network and are bounded by what the user's own control group allows.", run);
        if (bubblewrap is not null)
        {
            var works = Try(bubblewrap, privileged ? ["--unshare-pid", "--unshare-net"] : ["--unshare-user", "--unshare-pid"]);
            yield return new HostCapability(
                "namespaces", works, "No function can run.",
                privileged ? "A container needs --privileged, or at least CAP_SYS_ADMIN and CAP_NET_ADMIN." : "sysctl kernel.unprivileged_userns_clone=1, or run haneul as root.");
        }

        yield return new HostCapability(
            "own network for each function", privileged, "Functions reach every port of the host's loopback, and the internet as the host does.", run);
        yield return new HostCapability(
            "own user id for each function", privileged && Programs.Find("setpriv") is not null, "Functions run as the cloud's own user, behind a user namespace.", run);
        yield return new HostCapability(
            "system call filter", SeccompFilter.Supported, "Functions may make every system call.", "x86-64 and arm64 have it.");
        yield return new HostCapability(
            "internet from functions", !privileged, "Functions reach this cloud at AWS_ENDPOINT_URL and nothing else.", null);

        var groups = CgroupTree.Open(CgroupTree.NameFor(Environment.ProcessId, 0));
        try
        {
            (string Controller, string Name, string Cost)[] controllers =
            [
                ("memory", "memory limit", "A function may take all memory of the machine."),
                ("cpu", "share of the processors", "A function's memory size does not decide how fast it is."),
                ("pids", "limit of processes", "A function may start processes until the user's limit."),
                ("freezer", "freezing between invocations", "What a function leaves running goes on between invocations."),
            ];
            foreach (var (controller, name, cost) in controllers)
            {
                var present = groups.Controllers.Contains(controller);
                yield return new HostCapability(
                    name, present, cost,
                    present ? null : string.Create(CultureInfo.InvariantCulture, $"{run} Or: systemd-run --user --scope -p Delegate=yes haneul up. ({groups.Missing ?? controller + " is not mounted"})"));
            }
        }
        finally
        {
            groups.Remove();
        }
    }

    private static bool Try(string bubblewrap, IEnumerable<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(bubblewrap) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in arguments.Concat(["--ro-bind", "/", "/", "--proc", "/proc", "--", "/bin/true"]))
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
