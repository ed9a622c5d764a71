using System.Globalization;

namespace Haneul.Compute.Cgroups;

/// <summary>The part of the machine's control groups that this cloud owns, in whichever version the machine has.</summary>
internal abstract class CgroupTree
{
    /// <summary>What can be controlled: some of <c>memory</c>, <c>cpu</c>, <c>pids</c>, <c>freezer</c>.</summary>
    public abstract IReadOnlySet<string> Controllers { get; }

    /// <summary>Why something cannot, for the operator; null when everything can.</summary>
    public string? Missing { get; protected set; }

    public abstract Cgroup Create(string name, CgroupLimits limits);

    /// <summary>Removes the tree; groups that still have processes stay.</summary>
    public abstract void Remove();

    private const string NamePrefix = "haneul-";

    /// <summary>What all sandboxes together may take: the machine must outlive them.</summary>
    protected static CgroupLimits Total { get; } = new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 8, 16_384);

    /// <summary>The name of a tree: it tells whose it is, so that what a crashed cloud left can be removed.</summary>
    public static string NameFor(int process, int number) => string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{process}-{number}");

    /// <summary>Trees beside ours whose process is gone, and one of our own name that an earlier process left.</summary>
    protected static IEnumerable<string> Forsaken(string parent, string name)
    {
        foreach (var path in Directory.GetDirectories(parent, NamePrefix + "*"))
        {
            var parts = Path.GetFileName(path).Split('-');
            if (Path.GetFileName(path) == name
                || (parts.Length == 3 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var process) && !IsAlive(process)))
            {
                yield return path;
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            // A process that nobody has reaped yet is dead all the same.
            return !File.ReadAllText($"/proc/{Number(process)}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Looks at the machine and makes the tree's root.</summary>
    public static CgroupTree Open(string name)
    {
        try
        {
            var mounts = CgroupMounts.Read();
            if (mounts.V1.ContainsKey("memory"))
            {
                return new CgroupV1Tree(mounts, name);
            }

            if (mounts.V2 is { } own)
            {
                return AtRoot(mounts, name) ?? new CgroupV2Tree(own, name);
            }

            return new NoCgroups("no control groups are mounted");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new NoCgroups(exception.Message);
        }
    }

    // Root may stand at the top, where no login session's other processes are in the way.
    private static CgroupV2Tree? AtRoot(CgroupMounts mounts, string name)
    {
        if (!Environment.IsPrivilegedProcess || mounts.V2Root == mounts.V2)
        {
            return null;
        }

        try
        {
            var tree = new CgroupV2Tree(mounts.V2Root!, name);
            if (tree.Controllers.Contains("memory"))
            {
                return tree;
            }

            tree.Remove();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The mount is not ours to write after all.
        }

        return null;
    }

    protected static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Bounds of a group.</summary>
internal sealed record CgroupLimits(long MemoryBytes, int Processes);

/// <summary>A control group: the processes of one sandbox.</summary>
internal abstract class Cgroup
{
    public abstract void Add(int process);

    /// <summary>Bounds computing time to this many processors; null lifts the bound.</summary>
    public abstract void LimitCpu(double? processors);

    public abstract void Freeze(bool frozen);

    /// <summary>The most memory that was in use at once, in bytes; null where nobody counts.</summary>
    public abstract long? PeakMemory { get; }

    /// <summary>How many of its processes were killed because memory ran out.</summary>
    public abstract int MemoryKills { get; }

    /// <summary>Removes the group.</summary>
    /// <returns>False while processes are still leaving it.</returns>
    public abstract bool TryRemove();

    protected static void Write(string path, string value) => File.WriteAllText(path, value);

    protected static bool TryRemoveDirectory(string path)
    {
        try
        {
            // A group's files are the kernel's: only the directory itself is removed.
            Directory.Delete(path, recursive: false);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes a tree of groups without processes.</summary>
    public static void RemoveTree(string root)
    {
        foreach (var group in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            TryRemoveDirectory(group);
        }

        TryRemoveDirectory(root);
    }

    /// <summary>The number behind a word in a file of <c>word number</c> lines.</summary>
    protected static long Field(string path, string word)
    {
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(word, StringComparison.Ordinal) && line.Length > word.Length && line[word.Length] == ' ')
            {
                return long.Parse(line.AsSpan(word.Length + 1), CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}

/// <summary>A machine without control groups, or one that does not let us have any.</summary>
internal sealed class NoCgroups : CgroupTree
{
    public NoCgroups(string reason) => Missing = reason;

    public override IReadOnlySet<string> Controllers { get; } = new HashSet<string>();

    public override Cgroup Create(string name, CgroupLimits limits) => new None();

    public override void Remove()
    {
    }

    private sealed class None : Cgroup
    {
        public override long? PeakMemory => null;

        public override int MemoryKills => 0;

        public override void Add(int process)
        {
        }

        public override void LimitCpu(double? processors)
        {
        }

        public override void Freeze(bool frozen)
        {
        }

        public override bool TryRemove() => true;
    }
}
