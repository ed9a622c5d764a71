namespace Haneul.Kernel.Time;

/// <summary>
/// The cloud's clock. It runs with the machine's until an operator freezes or advances it; then every timer made from it moves along,
/// so that hours of waiting (TTLs, token lifetimes, visibility timeouts) can pass in an instant.
/// </summary>
/// <remarks>
/// Only the time of day moves. <see cref="TimeProvider.GetTimestamp"/> stays the machine's stopwatch, which measures how long work took.
/// </remarks>
public sealed class CloudClock(TimeProvider machine) : TimeProvider
{
    // Any thread may read; changes happen under the lock, which also guards the queue of timers.
    private readonly Lock _lock = new();
    private readonly SortedSet<Entry> _timers = new();
    private ITimer? _alarm;
    private TimeSpan _offset;
    private DateTimeOffset? _frozen;
    private long _order;

    /// <summary>How far the clock is from the machine's while it runs.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_lock)
            {
                return _frozen is { } at ? at - machine.GetUtcNow() : _offset;
            }
        }
    }

    public bool IsFrozen
    {
        get
        {
            lock (_lock)
            {
                return _frozen is not null;
            }
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    public override long GetTimestamp() => machine.GetTimestamp();

    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>Stops the clock where it is.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            _frozen ??= Now();
        }

        FireDue();
    }

    /// <summary>Moves the clock forward; timers that fall due fire in their order. A frozen clock stays frozen at the new time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: time does not go back.</exception>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        lock (_lock)
        {
            if (_frozen is { } at)
            {
                _frozen = at + span;
            }
            else
            {
                _offset += span;
            }
        }

        FireDue();
    }

    /// <summary>Lets a frozen clock run on from where it stands.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            if (_frozen is { } at)
            {
                _offset = at - machine.GetUtcNow();
                _frozen = null;
            }
        }

        FireDue();
    }

    /// <summary>Puts back the state that an earlier process saved.</summary>
    public void Restore(TimeSpan offset, DateTimeOffset? frozenAt)
    {
        lock (_lock)
        {
            _offset = offset;
            _frozen = frozenAt;
        }

        FireDue();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new CloudTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private DateTimeOffset Now() => _frozen ?? machine.GetUtcNow() + _offset;

    // Takes what is due out of the queue, sets the alarm for the next one and runs the callbacks on the pool, as system timers do.
    private void FireDue()
    {
        List<CloudTimer>? due = null;
        lock (_lock)
        {
            var now = Now();
            while (_timers.Count > 0 && _timers.Min is var first && first.Ticks <= now.UtcTicks)
            {
                first.Timer.Take(now);
                (due ??= []).Add(first.Timer);
            }

            SetAlarm(now);
        }

        foreach (var timer in due ?? [])
        {
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Run(), timer, preferLocal: false);
        }
    }

    private void SetAlarm(DateTimeOffset now)
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (_frozen is null && _timers.Count > 0)
        {
            // Rounded up to the next millisecond: waking early would only mean setting the alarm again.
            var milliseconds = Math.Ceiling(TimeSpan.FromTicks(_timers.Min.Ticks - now.UtcTicks).TotalMilliseconds);
            wait = TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, uint.MaxValue - 1));
        }

        if (_alarm is null)
        {
            if (wait != Timeout.InfiniteTimeSpan)
            {
                _alarm = machine.CreateTimer(static clock => ((CloudClock)clock!).FireDue(), this, wait, Timeout.InfiniteTimeSpan);
            }
        }
        else
        {
            _alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A timer's place in the queue: by time, and in the order of making among equals.</summary>
    private readonly record struct Entry(long Ticks, long Order, CloudTimer Timer) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            var byTime = Ticks.CompareTo(other.Ticks);
            return byTime != 0 ? byTime : Order.CompareTo(other.Order);
        }
    }

    private sealed class CloudTimer(CloudClock clock, TimerCallback callback, object? state) : ITimer
    {
        // The execution context of the maker, as system timers keep it (activities and async locals).
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private TimeSpan _period;
        private Entry? _entry;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                if (_disposed)
                {
                    return false;
                }

                _period = period;
                Leave();
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Enter((clock.Now() + dueTime).UtcTicks);
                }
            }

            clock.FireDue();
            return true;
        }

        /// <summary>Leaves the queue because the time has come; a periodic timer enters again. Ticks that were slept through are not made up.</summary>
        public void Take(DateTimeOffset now)
        {
            var due = _entry!.Value.Ticks;
            Leave();
            if (_period > TimeSpan.Zero)
            {
                var next = due + _period.Ticks;
                Enter(next > now.UtcTicks ? next : now.UtcTicks + _period.Ticks);
            }
        }

        public void Run()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((CloudTimer)timer!).Call(), this);
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _disposed = true;
                Leave();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);

        private void Enter(long ticks)
        {
            _entry = new Entry(ticks, clock._order++, this);
            clock._timers.Add(_entry.Value);
        }

        private void Leave()
        {
            if (_entry is { } entry)
            {
                clock._timers.Remove(entry);
                _entry = null;
            }
        }
    }
}
