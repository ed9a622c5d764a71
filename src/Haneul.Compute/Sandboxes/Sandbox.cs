using System.Buffers;
using System.Globalization;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Haneul.Compute.Cgroups;
using Haneul.Compute.Native;
using Microsoft.Win32.SafeHandles;

namespace Haneul.Compute.Sandboxes;

/// <summary>How a sandbox ended.</summary>
/// <param name="Status">The exit status of its first process; 128 plus the signal's number if one ended it; null if it was killed from outside.</param>
public readonly record struct SandboxExit(int? Status);

/// <summary>A process and all that it starts, apart from the host.</summary>
public sealed class Sandbox : IAsyncDisposable
{
    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(16);
    private readonly SandboxHost _host;
    private readonly Cgroup _group;
    private readonly int _process;
    private readonly Action<ReadOnlySequence<byte>> _output;
    private readonly Descriptor _gate;
    private readonly AnonymousPipeClientStream _status;
    private readonly AnonymousPipeClientStream _outputReader;
    private readonly Descriptor _outputMarks;
    private readonly TaskCompletionSource<SandboxExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _child = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Task _watching;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _drained;
    private bool _reaped;
    private bool _frozen;

    internal Sandbox(
        SandboxHost host, int slot, Cgroup group, int process, Descriptor gate, Descriptor status, Descriptor outputRead, Descriptor outputMarks,
        Action<ReadOnlySequence<byte>> output)
    {
        _host = host;
        Slot = slot;
        _group = group;
        _process = process;
        _gate = gate;
        _output = output;
        _outputMarks = outputMarks;
        _status = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(status.Release(), ownsHandle: true));
        _outputReader = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(outputRead.Release(), ownsHandle: true));
        _watching = WatchAsync();
        _reading = ReadAsync();
    }

    /// <summary>Completes when no process of the sandbox is left.</summary>
    public Task<SandboxExit> Exited => _exited.Task;

    /// <summary>Sockets on which the cloud listens inside, in the order of <see cref="SandboxSpec.Ports"/>.</summary>
    public IReadOnlyList<Socket> Listeners { get; private set; } = [];

    /// <summary>The most memory that was in use at once, in bytes; null where nobody counts, or before it starts.</summary>
    public long? PeakMemory => _host.Try(() => _group.PeakMemory) ?? (_child.Task.IsCompletedSuccessfully ? ProcessTree.PeakMemory(_child.Task.Result) : null);

    /// <summary>Whether a process was killed because the memory ran out.</summary>
    public bool OutOfMemory => _host.Try(() => (long?)_group.MemoryKills) > 0;

    internal int Slot { get; }

    /// <summary>Waits for the first process to be there, held at the gate.</summary>
    internal async Task<int> ChildAsync(CancellationToken cancel) => await _child.Task.WaitAsync(cancel);

    /// <summary>Puts the held process under its limits and lets it run.</summary>
    internal async Task ReleaseAsync(SandboxSpec spec, CancellationToken cancel)
    {
        var child = await ChildAsync(cancel);
        _group.Add(child);
        SetLimit(child, resource: 7, spec.MaxFiles); // RLIMIT_NOFILE
        SetLimit(child, resource: 6, spec.MaxProcesses); // RLIMIT_NPROC
        SetLimit(child, resource: 4, 0); // RLIMIT_CORE
        if (!_host.Isolation.Controllers.Contains("memory") && spec.LimitsData)
        {
            // Without a control group, each process is bounded by itself: less than what is asked for, and better than nothing.
            SetLimit(child, resource: 2, spec.MemoryMegabytes * 1024L * 1024L); // RLIMIT_DATA
        }

        if (spec.Ports.Count > 0 && _host.Isolation.OwnNetwork)
        {
            Listeners = await _host.Sockets.ListenAsync(child, [.. spec.Ports]);
        }

        _released = true;
        OpenGate();
    }

    private unsafe void OpenGate()
    {
        byte go = 1;
        Libc.Check((int)Libc.Write(_gate.Number, &go, 1), "write");
    }

    /// <summary>Bounds computing time to what this much memory brings; without a bound while it starts.</summary>
    public void LimitCpu(int? memoryMegabytes) =>
        _host.Try(() => { _group.LimitCpu(memoryMegabytes is { } memory ? CpuShare.Of(memory) : null); return 0; });

    /// <summary>Stops all of its processes where they are, or lets them go on.</summary>
    public void Freeze(bool frozen)
    {
        if (_frozen != frozen)
        {
            _frozen = frozen;
            _host.Try(() => { _group.Freeze(frozen); return 0; });
        }
    }

    /// <summary>Ends all of its processes at once.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            if (!_reaped)
            {
                // Its first process dies with this one, and with that one all of the process namespace.
                Libc.Kill(_process, Libc.SigKill);
            }
        }

        // The frozen do not die.
        _host.Try(() => { _group.Freeze(frozen: false); return 0; });
    }

    /// <summary>Waits until everything has been read that the sandbox wrote until now.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        TaskCompletionSource drained;
        lock (_lock)
        {
            // The mark goes through the same pipe, behind all that was written before it.
            drained = _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            unsafe
            {
                fixed (byte* mark = _mark)
                {
                    if (Libc.Write(_outputMarks.Number, mark, _mark.Length) < 0)
                    {
                        // A full pipe: the sandbox writes faster than anybody reads, and no order can be kept.
                        _drained = null;
                        return;
                    }
                }
            }
        }

        await drained.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _exited.Task;
        _outputMarks.Dispose();
        await _watching;
        await _reading;
        foreach (var listener in Listeners)
        {
            listener.Dispose();
        }

        _gate.Dispose();
        await _status.DisposeAsync();
        await _outputReader.DisposeAsync();
        await _host.RetireAsync(this, _group);
    }

    private static unsafe void SetLimit(int process, int resource, long value)
    {
        var limits = stackalloc ulong[2];
        limits[0] = limits[1] = (ulong)value;
        _ = Libc.Limit(process, resource, limits, null);
    }

    // Bubblewrap reports in JSON: the first process's id at the start, its exit status at the end. The end of the pipe is the end of the sandbox.
    private async Task WatchAsync()
    {
        int? status = null;
        using (var reader = new StreamReader(_status, leaveOpen: true))
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                using var report = JsonDocument.Parse(line);
                if (report.RootElement.TryGetProperty("child-pid", out var child))
                {
                    _child.TrySetResult(child.GetInt32());
                }

                if (report.RootElement.TryGetProperty("exit-code", out var code))
                {
                    status = code.GetInt32();
                }
            }
        }

        // Reaping waits for the process outside only, which is ending.
        await Task.Run(Reap);
        _child.TrySetException(new SandboxException("bubblewrap did not start"));
        _exited.SetResult(new SandboxExit(status));
    }

    private unsafe void Reap()
    {
        int status;
        while (Libc.Wait(_process, &status, 0) < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == 4)
        {
            // Interrupted by a signal.
        }

        lock (_lock)
        {
            _reaped = true;
        }
    }

    // What bubblewrap says before it lets anything run.
    private volatile string _complaint = "it ended without a word";
    private volatile bool _released;

    /// <summary>Why it did not start, once it is disposed.</summary>
    internal SandboxException NotStarted(Exception cause) => new("bubblewrap did not start: " + _complaint, cause);

    private async Task ReadAsync()
    {
        var reader = System.IO.Pipelines.PipeReader.Create(_outputReader, new System.IO.Pipelines.StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            var buffer = read.Buffer;
            while (Find(buffer, _mark) is { } at)
            {
                Emit(buffer.Slice(0, at));
                buffer = buffer.Slice(buffer.GetPosition(_mark.Length, at));
                lock (_lock)
                {
                    _drained?.TrySetResult();
                    _drained = null;
                }
            }

            // Half a mark may stand at the end.
            var keep = read.IsCompleted ? 0 : PartOfMark(buffer);
            var ready = buffer.Slice(0, buffer.Length - keep);
            Emit(ready);
            reader.AdvanceTo(ready.End, buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync();
        lock (_lock)
        {
            _drained?.TrySetResult();
            _drained = null;
        }

        void Emit(ReadOnlySequence<byte> bytes)
        {
            if (!bytes.IsEmpty)
            {
                if (!_released)
                {
                    _complaint = System.Text.Encoding.UTF8.GetString(bytes.ToArray()).Trim();
                }

                _output(bytes);
            }
        }
    }

    private static SequencePosition? Find(ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> mark)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> before, mark) ? before.End : null;
    }

    private int PartOfMark(ReadOnlySequence<byte> buffer)
    {
        Span<byte> tail = stackalloc byte[_mark.Length - 1];
        var length = (int)Math.Min(buffer.Length, tail.Length);
        tail = tail[..length];
        buffer.Slice(buffer.Length - length).CopyTo(tail);
        for (var part = length; part > 0; part--)
        {
            if (tail[^part..].SequenceEqual(_mark.AsSpan(0, part)))
            {
                return part;
            }
        }

        return 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sandbox {Slot} of process {_process}");
}
