using System.Globalization;

namespace Haneul.Compute.Cgroups;

/// <summary>Control groups of the second version: one hierarchy, in which controllers are handed down step by step.</summary>
internal sealed class CgroupV2Tree : CgroupTree
{
    private readonly string _root;
    private readonly HashSet<string> _controllers = new(StringComparer.Ordinal);

    /// <param name="own">The directory of this process's own group.</param>
    /// <param name="name">The name of the tree in it.</param>
    public CgroupV2Tree(string own, string name)
    {
        _root = Path.Combine(own, name);
        foreach (var forsaken in Forsaken(own, name))
        {
            Cgroup.RemoveTree(forsaken);
        }

        Directory.CreateDirectory(_root);
        Enable(own);
        Enable(_root);
        var available = File.ReadAllText(Path.Combine(_root, "cgroup.subtree_control")).Split(' ', StringSplitOptions.TrimEntries);
        _controllers.UnionWith(available.Intersect(["memory", "cpu", "pids"]));
        if (File.Exists(Path.Combine(_root, "cgroup.freeze")))
        {
            _controllers.Add("freezer");
        }

        new Group(_root, _controllers).Limit(Total);
        Missing ??= _controllers.Count == 4 ? null : $"{own} hands down only: {string.Join(' ', _controllers.Order(StringComparer.Ordinal))}";
    }

    public override IReadOnlySet<string> Controllers => _controllers;

    public override Cgroup Create(string name, CgroupLimits limits)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(path);
        var group = new Group(path, _controllers);
        group.Limit(limits);
        return group;
    }

    public override void Remove() => Cgroup.RemoveTree(_root);

    private void Enable(string group)
    {
        var control = Path.Combine(group, "cgroup.subtree_control");
        var wanted = File.ReadAllText(Path.Combine(group, "cgroup.controllers")).Split(' ', StringSplitOptions.TrimEntries)
            .Intersect(["memory", "cpu", "pids"]).Select(controller => "+" + controller);
        var line = string.Join(' ', wanted);
        if (line.Length == 0)
        {
            return;
        }

        try
        {
            File.WriteAllText(control, line);
        }
        catch (IOException)
        {
            try
            {
                Evacuate(group);
                File.WriteAllText(control, line);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Missing = $"{control} cannot be written: {exception.Message}";
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            Missing = exception.Message;
        }
    }

    // A group with processes of its own cannot hand controllers down: they move into a leaf beside the sandboxes. In a container that is all of its
    // processes, since the group is the container's; elsewhere only the cloud moves, because the others are somebody else's to arrange.
    private static void Evacuate(string group)
    {
        var leaf = Path.Combine(group, "haneul-server");
        Directory.CreateDirectory(leaf);
        var isTop = !File.Exists(Path.Combine(Path.GetDirectoryName(group)!, "cgroup.procs"));
        foreach (var process in isTop ? File.ReadAllLines(Path.Combine(group, "cgroup.procs")) : [Number(Environment.ProcessId)])
        {
            try
            {
                File.WriteAllText(Path.Combine(leaf, "cgroup.procs"), process);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private sealed class Group(string path, HashSet<string> controllers) : Cgroup
    {
        public override long? PeakMemory
        {
            get
            {
                // memory.peak came with Linux 5.19; before it, the present use is the best there is.
                var peak = Path.Combine(path, "memory.peak");
                var file = File.Exists(peak) ? peak : Path.Combine(path, "memory.current");
                return File.Exists(file) ? long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
            }
        }

        public override int MemoryKills => controllers.Contains("memory") ? (int)Field(Path.Combine(path, "memory.events"), "oom_kill") : 0;

        public void Limit(CgroupLimits limits)
        {
            if (controllers.Contains("memory"))
            {
                Write(Path.Combine(path, "memory.max"), Number(limits.MemoryBytes));
                var swap = Path.Combine(path, "memory.swap.max");
                if (File.Exists(swap))
                {
                    Write(swap, "0");
                }
            }

            if (controllers.Contains("pids"))
            {
                Write(Path.Combine(path, "pids.max"), Number(limits.Processes));
            }
        }

        public override void Add(int process) => Write(Path.Combine(path, "cgroup.procs"), Number(process));

        public override void LimitCpu(double? processors)
        {
            if (controllers.Contains("cpu"))
            {
                var quota = processors is { } share ? Number(CpuShare.Quota(share)) : "max";
                Write(Path.Combine(path, "cpu.max"), $"{quota} {CpuShare.Period}");
            }
        }

        public override void Freeze(bool frozen)
        {
            if (controllers.Contains("freezer"))
            {
                Write(Path.Combine(path, "cgroup.freeze"), frozen ? "1" : "0");
            }
        }

        public override bool TryRemove() => TryRemoveDirectory(path);
    }
}
