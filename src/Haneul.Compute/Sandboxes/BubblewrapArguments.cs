using System.Globalization;
using System.Text;

namespace Haneul.Compute.Sandboxes;

/// <summary>
/// Writes the arguments of bubblewrap. They go through a descriptor, since a command line can be read by everybody on the host and the environment
/// holds secrets. <see href="https://github.com/containers/bubblewrap"/>
/// </summary>
internal static class BubblewrapArguments
{
    /// <summary>Descriptors that the child finds open, after input, output and error output.</summary>
    public const int Arguments = 3, Filter = 4, Status = 5, Gate = 6;

    public static byte[] Build(SandboxSpec spec, HostIdentity identity, string etcDirectory, bool ownNetwork, bool filtered)
    {
        var arguments = new List<string>
        {
            "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--new-session",
            "--hostname", "169.254.100.1",
            "--json-status-fd", Text(Status), "--block-fd", Text(Gate),
        };
        if (ownNetwork)
        {
            arguments.Add("--unshare-net");
        }

        if (filtered)
        {
            arguments.AddRange("--seccomp", Text(Filter));
        }

        if (identity.Privileged)
        {
            // Root mounts, and then becomes a user that exists nowhere else.
            arguments.AddRange("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP");
        }
        else
        {
            arguments.AddRange("--unshare-user", "--uid", Text(HostIdentity.InsideUser), "--gid", Text(HostIdentity.InsideGroup));
        }

        AddSystem(arguments);
        arguments.AddRange("--proc", "/proc", "--dev", "/dev");
        arguments.AddRange("--perms", "1777", "--size", Text(spec.TemporaryMegabytes * 1024L * 1024L), "--tmpfs", "/tmp");
        arguments.AddRange("--ro-bind", etcDirectory, "/etc");

        // Bubblewrap makes missing parents for root alone.
        foreach (var parent in spec.Mounts.Keys.SelectMany(Parents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            arguments.AddRange("--perms", "0755", "--dir", parent);
        }

        foreach (var (inside, outside) in spec.Mounts)
        {
            arguments.AddRange("--ro-bind", outside, inside);
        }

        arguments.AddRange("--remount-ro", "/", "--clearenv");
        foreach (var (name, value) in spec.Variables)
        {
            arguments.AddRange("--setenv", name, value);
        }

        arguments.AddRange("--chdir", spec.WorkingDirectory);

        // A zero byte would begin another argument: a value could mount the host.
        if (arguments.Exists(argument => argument.Contains('\0', StringComparison.Ordinal)))
        {
            throw new SandboxException("A command, a path or a variable of a sandbox holds a zero byte.");
        }

        return Encoding.UTF8.GetBytes(string.Join('\0', arguments) + '\0');
    }

    /// <summary>The command line: where the arguments are, and what runs inside.</summary>
    public static IReadOnlyList<string> CommandLine(SandboxSpec spec, HostIdentity identity)
    {
        var line = new List<string> { "--args", Text(Arguments), "--" };
        if (identity.Privileged)
        {
            var user = Text(identity.User);
            line.AddRange(
                "/usr/bin/setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--bounding-set=-all", "--inh-caps=-all",
                "--ambient-caps=-all", "--no-new-privs", "--");
        }

        line.AddRange(spec.Command);
        return line;
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (!path.StartsWith("/etc/", StringComparison.Ordinal))
            {
                yield return path[..slash];
            }
        }
    }

    // Programs and libraries of the host. Where /bin and its like are links into /usr they are links inside too.
    private static void AddSystem(List<string> arguments)
    {
        arguments.AddRange("--ro-bind", "/usr", "/usr");
        foreach (var path in (string[])["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"])
        {
            var directory = new DirectoryInfo(path);
            if (directory.LinkTarget is { } target)
            {
                arguments.AddRange("--symlink", target, path);
            }
            else if (directory.Exists)
            {
                arguments.AddRange("--ro-bind", path, path);
            }
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void AddRange(this List<string> list, params ReadOnlySpan<string> items)
    {
        foreach (var item in items)
        {
            list.Add(item);
        }
    }
}
