using Haneul.Compute.Cgroups;

namespace Haneul.Compute.Tests;

/// <summary>Where control groups are, on machines of both kinds.</summary>
public sealed class CgroupTests
{
    [Fact]
    public void The_second_version_is_found_at_the_processes_own_group()
    {
        var mounts = CgroupMounts.Parse(
            ["30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate"], ["0::/"]);
        Assert.Empty(mounts.V1);
        Assert.Equal("/sys/fs/cgroup", mounts.V2);
    }

    [Fact]
    public void The_first_version_is_found_controller_by_controller()
    {
        var mounts = CgroupMounts.Parse(
            [
                "31 30 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
                "32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "33 30 0:29 /docker/abc /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids",
                "34 30 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
            ],
            ["4:memory:/", "3:cpu,cpuacct:/", "2:pids:/docker/abc", "0::/"]);
        Assert.Equal("/sys/fs/cgroup/memory", mounts.V1["memory"]);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", mounts.V1["cpu"]);
        Assert.Equal("/sys/fs/cgroup/pids", mounts.V1["pids"]);
        Assert.Equal("/sys/fs/cgroup/unified", mounts.V2);
    }

    [Theory]
    [InlineData(128, 1447)]
    [InlineData(1769, 20_000)]
    [InlineData(3538, 40_000)]
    public void A_processor_comes_with_1769_megabytes(int memory, long quota) => Assert.Equal(quota, CpuShare.Quota(CpuShare.Of(memory)));

    [Fact]
    public void The_second_version_freezes_what_is_in_a_group()
    {
        var unified = (string[])["/sys/fs/cgroup/unified", "/sys/fs/cgroup"];
        var root = Array.Find(unified, path => File.Exists(Path.Combine(path, "cgroup.controllers")));
        Assert.SkipUnless(root is not null && Environment.IsPrivilegedProcess, "The second version is not mounted, or not ours to write.");
        var tree = new CgroupV2Tree(root, CgroupTree.NameFor(Environment.ProcessId, 1000));
        using var process = System.Diagnostics.Process.Start("/bin/sleep", "1000");
        var group = tree.Create("s0", new CgroupLimits(64 << 20, 10));
        try
        {
            group.Add(process.Id);
            group.Freeze(frozen: true);
            var events = Path.Combine(root, CgroupTree.NameFor(Environment.ProcessId, 1000), "s0", "cgroup.events");
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(events).Contains("frozen 1", StringComparison.Ordinal), 5000));
            group.Freeze(frozen: false);
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(events).Contains("frozen 0", StringComparison.Ordinal), 5000));
            Assert.False(group.TryRemove());
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            Assert.True(SpinWait.SpinUntil(group.TryRemove, 5000));
            tree.Remove();
        }

        Assert.False(Directory.Exists(Path.Combine(root, CgroupTree.NameFor(Environment.ProcessId, 1000))));
    }
}
