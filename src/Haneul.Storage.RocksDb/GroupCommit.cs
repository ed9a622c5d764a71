using System.Threading.Tasks.Sources;

namespace Haneul.Storage.RocksDb;

/// <summary>
/// Brings the log to the device for everyone who waits: while one flush is under way the next group gathers, so a flush is shared
/// by as many commits as arrive during the one before.
/// </summary>
/// <remarks>
/// Commits are in the engine's log buffer before they join, and the group is taken before the flush begins: a flush covers all of
/// its group. One thread of its own flushes; it spends its life waiting for the device.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    private const int KeptWaiters = 1024;
    private const int MaxTurns = 16;

    private readonly Action _flush;
    private readonly Thread _thread;

    // Guards everything below. A Monitor, because the thread waits on it.
    private readonly object _gate = new();
    private readonly Stack<Waiter> _free = new();
    private List<Waiter> _gathering = [];
    private int _count;
    private bool _stopped;

    public GroupCommit(Action flush)
    {
        _flush = flush;
        _thread = new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "haneul-log" };
        _thread.Start();
    }

    /// <summary>Completes after the next flush, or fails with it.</summary>
    public ValueTask JoinAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, typeof(IStore));
            var waiter = _free.TryPop(out var free) ? free : new Waiter(this);
            _gathering.Add(waiter);
            _count = _gathering.Count;
            if (_gathering.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return new ValueTask(waiter, waiter.Version);
        }
    }

    /// <summary>Flushes the last group and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        var group = new List<Waiter>();
        while (true)
        {
            lock (_gate)
            {
                while (_gathering.Count == 0)
                {
                    if (_stopped)
                    {
                        return;
                    }

                    Monitor.Wait(_gate);
                }
            }

            Gather();
            lock (_gate)
            {
                (group, _gathering) = (_gathering, group);
                _count = 0;
            }

            Exception? failure = null;
            try
            {
                _flush();
            }
#pragma warning disable CA1031 // Every waiter is told; the thread goes on, because space or a device may come back.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }

            foreach (var waiter in group)
            {
                waiter.Complete(failure);
            }

            group.Clear();
        }
    }

    /// <summary>
    /// Gives way to other threads for as long as each turn brings more commits. Alone it costs a microsecond; under load on few cores a flush is
    /// shared by three times as many commits, and flushes are what a write costs.
    /// </summary>
    private void Gather()
    {
        var seen = 0;
        for (var turn = 0; turn < MaxTurns && Volatile.Read(ref _count) is var now && now > seen; turn++)
        {
            seen = now;
            Thread.Yield();
        }
    }

    private void Free(Waiter waiter)
    {
        lock (_gate)
        {
            if (_free.Count < KeptWaiters)
            {
                _free.Push(waiter);
            }
        }
    }

    private sealed class Waiter(GroupCommit owner) : IValueTaskSource
    {
        // Continuations run on the pool: the flushing thread must go on flushing.
        private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

        public short Version => _core.Version;

        public void Complete(Exception? failure)
        {
            if (failure is null)
            {
                _core.SetResult(true);
            }
            else
            {
                _core.SetException(failure);
            }
        }

        public void GetResult(short token)
        {
            try
            {
                _core.GetResult(token);
            }
            finally
            {
                _core.Reset();
                owner.Free(this);
            }
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
