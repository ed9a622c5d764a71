namespace Haneul.Compute.Cgroups;

/// <summary>Where control groups are mounted and where this process stands in them.</summary>
/// <param name="V1">Controller to the directory of this process's own group.</param>
/// <param name="V2">The directory of this process's own group in the unified hierarchy, if one is mounted.</param>
/// <param name="V2Root">Where the unified hierarchy is mounted.</param>
internal sealed record CgroupMounts(IReadOnlyDictionary<string, string> V1, string? V2, string? V2Root)
{
    public static CgroupMounts Read() => Parse(File.ReadAllLines("/proc/self/mountinfo"), File.ReadAllLines("/proc/self/cgroup"));

    internal static CgroupMounts Parse(IReadOnlyList<string> mountInfo, IReadOnlyList<string> own)
    {
        var v1 = new Dictionary<string, string>(StringComparer.Ordinal);
        string? v2 = null;
        string? v2Root = null;
        foreach (var line in mountInfo)
        {
            // id parent device root mount-point options... - type source super-options
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (dash < 0 || fields.Length < dash + 4)
            {
                continue;
            }

            var (root, at, type, options) = (fields[3], fields[4], fields[dash + 1], fields[dash + 3]);
            if (type == "cgroup2")
            {
                v2 ??= Path(at, root, Group(own, ""));
                v2Root ??= at;
            }
            else if (type == "cgroup")
            {
                foreach (var controller in options.Split(','))
                {
                    if (controller is "memory" or "cpu" or "pids" or "freezer")
                    {
                        v1.TryAdd(controller, Path(at, root, Group(own, controller)));
                    }
                }
            }
        }

        return new CgroupMounts(v1, v2, v2Root);
    }

    // The mount may show only a part of the hierarchy, as in containers: then the own group is seen relative to that part.
    private static string Path(string mountPoint, string root, string? group)
    {
        if (group is null or "/" || group == root)
        {
            return mountPoint;
        }

        var inside = root == "/" ? group : group.StartsWith(root + "/", StringComparison.Ordinal) ? group[root.Length..] : "";
        var path = mountPoint + inside;
        return Directory.Exists(path) ? path : mountPoint;
    }

    // hierarchy:controllers:path, without controllers for the unified one
    private static string? Group(IReadOnlyList<string> own, string controller)
    {
        foreach (var line in own)
        {
            var parts = line.Split(':', 3);
            if (parts.Length == 3 && (controller.Length == 0 ? parts[1].Length == 0 : parts[1].Split(',').Contains(controller)))
            {
                return parts[2];
            }
        }

        return null;
    }
}
