using System.Globalization;

namespace Haneul.Compute.Cgroups;

/// <summary>Control groups of the first version: one hierarchy for each controller.</summary>
internal sealed class CgroupV1Tree : CgroupTree
{
    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);

    public CgroupV1Tree(CgroupMounts mounts, string name)
    {
        foreach (var (controller, own) in mounts.V1)
        {
            var root = Path.Combine(own, name);
            try
            {
                foreach (var forsaken in Forsaken(own, name))
                {
                    Cgroup.RemoveTree(forsaken);
                }

                Directory.CreateDirectory(root);
                _roots.Add(controller, root);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Missing ??= $"{root} cannot be made: {exception.Message}";
            }
        }

        Controllers = _roots.Keys.ToHashSet();
        new Group(_roots).Limit(Total);
    }

    public override IReadOnlySet<string> Controllers { get; }

    public override Cgroup Create(string name, CgroupLimits limits)
    {
        var paths = _roots.ToDictionary(root => root.Key, root => Path.Combine(root.Value, name), StringComparer.Ordinal);
        var group = new Group(paths);
        foreach (var path in paths.Values)
        {
            Directory.CreateDirectory(path);
        }

        group.Limit(limits);
        return group;
    }

    public override void Remove()
    {
        foreach (var root in _roots.Values)
        {
            Cgroup.RemoveTree(root);
        }
    }

    private sealed class Group(Dictionary<string, string> paths) : Cgroup
    {
        public override long? PeakMemory =>
            InGroup("memory", "memory.max_usage_in_bytes") is { } path ? long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : null;

        public override int MemoryKills => InGroup("memory", "memory.oom_control") is { } path ? (int)Field(path, "oom_kill") : 0;

        public void Limit(CgroupLimits limits)
        {
            if (InGroup("memory", "memory.limit_in_bytes") is { } memory)
            {
                Write(memory, Number(limits.MemoryBytes));

                // With swap counted in, or memory would only be slower to run out.
                var withSwap = InGroup("memory", "memory.memsw.limit_in_bytes")!;
                if (File.Exists(withSwap))
                {
                    Write(withSwap, Number(limits.MemoryBytes));
                }
            }

            if (InGroup("pids", "pids.max") is { } pids)
            {
                Write(pids, Number(limits.Processes));
            }
        }

        public override void Add(int process)
        {
            foreach (var path in paths.Values)
            {
                Write(Path.Combine(path, "cgroup.procs"), Number(process));
            }
        }

        public override void LimitCpu(double? processors)
        {
            if (InGroup("cpu", "cpu.cfs_quota_us") is { } quota)
            {
                Write(InGroup("cpu", "cpu.cfs_period_us")!, Number(CpuShare.Period));
                Write(quota, processors is { } share ? Number(CpuShare.Quota(share)) : "-1");
            }
        }

        public override void Freeze(bool frozen)
        {
            if (InGroup("freezer", "freezer.state") is { } state)
            {
                Write(state, frozen ? "FROZEN" : "THAWED");
            }
        }

        public override bool TryRemove()
        {
            var removed = true;
            foreach (var path in paths.Values)
            {
                removed &= TryRemoveDirectory(path);
            }

            return removed;
        }

        private string? InGroup(string controller, string name) => paths.TryGetValue(controller, out var path) ? Path.Combine(path, name) : null;
    }
}
