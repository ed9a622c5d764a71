using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Haneul.Compute.Cgroups;
using Haneul.Compute.Machine;
using Haneul.Compute.Native;
using Microsoft.Extensions.Logging;

namespace Haneul.Compute.Sandboxes;

/// <summary>Starts sandboxes on this machine, as well apart as it allows.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly string _directory;
    private readonly ILogger _log;
    private readonly CgroupTree _groups;
    private readonly ChildLauncher _launcher = new();
    private readonly byte[] _filter = SeccompFilter.Supported ? SeccompFilter.Build() : [];
    private readonly ConcurrentDictionary<Sandbox, bool> _sandboxes = new();
    private readonly Lock _lock = new();
    private readonly Stack<int> _freeSlots = new();
    private int _nextSlot;
    private int _living;

    /// <param name="directory">A directory of this host's own, for what sandboxes need on disk.</param>
    /// <param name="log">Where trouble with the machine is told.</param>
    public SandboxHost(string directory, ILogger<SandboxHost> log)
    {
        _directory = directory;
        _log = log;
        Groups = CgroupTree.NameFor(Environment.ProcessId, Interlocked.Increment(ref s_hosts));
        _groups = CgroupTree.Open(Groups);
        Isolation = Isolation.Detect(_groups);
    }

    private static int s_hosts;

    /// <summary>What keeps sandboxes apart here.</summary>
    public Isolation Isolation { get; }

    /// <summary>The name of the control groups that its sandboxes are in.</summary>
    public string Groups { get; }

    internal NamespaceSockets Sockets { get; } = new();

    /// <summary>How many sandboxes there are now.</summary>
    public int Living => Volatile.Read(ref _living);

    /// <summary>Starts a sandbox.</summary>
    /// <param name="spec">What runs in it.</param>
    /// <param name="output">Takes what it writes to its output and error output, in order and one call at a time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SandboxException">The machine would not do it.</exception>
    public async Task<Sandbox> StartAsync(SandboxSpec spec, Action<ReadOnlySequence<byte>> output, CancellationToken cancel)
    {
        if (Isolation.Bubblewrap is not { } bubblewrap)
        {
            throw new SandboxException("bubblewrap (bwrap) is not installed; functions run in its sandboxes only.");
        }

        var slot = TakeSlot();
        Cgroup? group = null;
        Sandbox? sandbox = null;
        try
        {
            group = _groups.Create("s" + slot.ToString(CultureInfo.InvariantCulture), new CgroupLimits(spec.MemoryMegabytes * 1024L * 1024L, spec.MaxProcesses));
            sandbox = await SpawnAsync(bubblewrap, spec, slot, group, output);
            await sandbox.ReleaseAsync(spec, cancel);
            return sandbox;
        }
        catch (Exception exception) when (sandbox is not null && exception is (IOException or SandboxException))
        {
            // Whichever step failed first, the reason is what bubblewrap had to say.
            await sandbox!.DisposeAsync();
            throw sandbox.NotStarted(exception);
        }
        catch
        {
            if (sandbox is not null)
            {
                await sandbox.DisposeAsync();
            }
            else
            {
                GiveBack(slot, group);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in _sandboxes.Keys)
        {
            sandbox.Kill();
        }

        // Whoever started them takes them away.
        for (var attempt = 0; attempt < 500 && Living > 0; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }

        Sockets.Dispose();
        _launcher.Dispose();
        _groups.Remove();
    }

    internal async ValueTask RetireAsync(Sandbox sandbox, Cgroup group)
    {
        // The last processes may still be on their way out of the group.
        for (var attempt = 0; attempt < 50 && !group.TryRemove(); attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }

        _sandboxes.TryRemove(sandbox, out _);
        GiveBack(sandbox.Slot, group);
    }

    /// <summary>Control groups vanish with their processes, so their files may fail at any time; that is told, and is no reason to fail with them.</summary>
    internal T? Try<T>(Func<T?> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.GroupFailed(_log, exception.Message);
            return default;
        }
    }

    private async Task<Sandbox> SpawnAsync(string bubblewrap, SandboxSpec spec, int slot, Cgroup group, Action<ReadOnlySequence<byte>> output)
    {
        var identity = HostIdentity.Of(Isolation.Privileged, slot);
        var etc = Path.Combine(_directory, "etc", slot.ToString(CultureInfo.InvariantCulture));
        SandboxEtc.Write(etc, identity, resolver: null);
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (inside, outside) in SandboxEtc.Shared(etc))
        {
            mounts[inside] = outside;
        }

        foreach (var (inside, outside) in spec.Mounts)
        {
            mounts[inside] = outside;
        }

        var arguments = BubblewrapArguments.Build(spec with { Mounts = mounts }, identity, etc, Isolation.OwnNetwork, _filter.Length > 0);
        using var nothing = Descriptor.Open("/dev/null", Libc.ReadOnly);
        using var argumentFile = Descriptor.Memory("arguments", arguments);
        using var filterFile = Descriptor.Memory("filter", _filter);
        var (statusRead, statusWrite) = Descriptor.Pipe();
        var (gateRead, gateWrite) = Descriptor.Pipe();
        var (outputRead, outputWrite) = Descriptor.Pipe();
        using (statusWrite)
        using (gateRead)
        using (outputWrite)
        {
            // Opened anew, so that not waiting is a property of this end alone.
            var marks = Descriptor.Open("/proc/self/fd/" + outputWrite.Number.ToString(CultureInfo.InvariantCulture), Libc.WriteOnly | Libc.NonBlocking);
            int process;
            try
            {
                process = await _launcher.StartAsync(
                    bubblewrap,
                    BubblewrapArguments.CommandLine(spec, identity),
                    [nothing, outputWrite, outputWrite, argumentFile, filterFile, statusWrite, gateRead]);
            }
            catch
            {
                statusRead.Dispose();
                gateWrite.Dispose();
                outputRead.Dispose();
                marks.Dispose();
                throw;
            }

            var sandbox = new Sandbox(this, slot, group, process, gateWrite, statusRead, outputRead, marks, output);
            _sandboxes[sandbox] = true;
            return sandbox;
        }
    }

    private int TakeSlot()
    {
        lock (_lock)
        {
            _living++;
            return _freeSlots.TryPop(out var slot) ? slot : _nextSlot++;
        }
    }

    private void GiveBack(int slot, Cgroup? group)
    {
        group?.TryRemove();
        lock (_lock)
        {
            _living--;
            _freeSlots.Push(slot);
        }
    }
}
