using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Throttling;

/// <summary>What a table or index is held to, in one direction.</summary>
/// <param name="Provisioned">Units a second; null on demand.</param>
/// <param name="Warm">What it has been made ready for: how much it takes at once on demand.</param>
/// <param name="Maximum">The owner's own limit on demand.</param>
/// <param name="Ranges">Over how many partitions it is spread at least.</param>
internal readonly record struct MeterPlan(long? Provisioned, long Warm, long? Maximum, long Ranges);

/// <param name="Arn">Of the table or index.</param>
/// <param name="IsIndex">Whether it is an index.</param>
internal readonly record struct MeteredView(string Arn, bool IsIndex);

/// <summary>
/// Counts the units that reads or writes of a table or a global index take, and refuses what is above its limits: the provisioned units
/// with a burst of 300 seconds, or on demand twice the previous peak; and for each partition 3,000 read or 1,000 write units a second.
/// All of the table's unused units are there for any partition, which is what AWS calls instant adaptive capacity.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html"/>
/// </summary>
/// <remarks>Buckets are in memory only: after a restart they are full. Peaks are stored, see <see cref="TableMeters"/>.</remarks>
/// <param name="time">The stopwatch that fills buckets, and the clock of peaks.</param>
/// <param name="view">The table or index.</param>
/// <param name="write">Whether it counts writes.</param>
/// <param name="peak">As far as it is known from before.</param>
/// <param name="metrics">Where units and refusals are reported.</param>
internal sealed class Meter(TimeProvider time, MeteredView view, bool write, Peak peak, MeterMetrics metrics)
{
    /// <summary>What any table takes at most, unless AWS is asked for more.</summary>
    public const long Quota = 40_000;

    private const int BurstSeconds = 300;
    private const int HeatSeconds = 60;
    private const long Never = long.MinValue;

    private readonly Lock _lock = new();
    private readonly HashRanges _ranges = new();
    private readonly long _frequency = time.TimestampFrequency;
    private readonly Rate _perRange = Rate.Of(PerRange(write), seconds: 1, time.TimestampFrequency);
    private MeterPlan? _plan;
    private Rate _rate;
    private LimitKind _kind;
    private Bucket _total = Bucket.Full;
    private Peak _peak = peak;
    private Peak _saved = peak;
    private long _second;
    private double _inSecond;

    // Until then some bucket is empty; read without the lock.
    private long _busyUntil = Never;

    public static long PerRange(bool write) => write ? 1_000 : 3_000;

    /// <summary>What a new table takes at once on demand.</summary>
    public static long Initial(bool write) => write ? 4_000 : 12_000;

    /// <summary>Whether something may have to be refused; costs next to nothing while not.</summary>
    public bool IsBusy => Volatile.Read(ref _busyUntil) is var until && until != Never && until > time.GetTimestamp();

    /// <summary>How much a table or index on demand takes at once.</summary>
    public long Capacity
    {
        get
        {
            lock (_lock)
            {
                return Scaled();
            }
        }
    }

    /// <param name="plan">The limits; null for none.</param>
    public void Configure(MeterPlan? plan)
    {
        lock (_lock)
        {
            if (_plan == plan)
            {
                return;
            }

            _plan = plan;
            Settle();
        }
    }

    /// <summary>Spreads the keys over more partitions, as a table that grows does.</summary>
    public void Grow(long ranges)
    {
        lock (_lock)
        {
            _ranges.Grow(ranges);
        }
    }

    /// <returns>The refusal, or null while there is something left.</returns>
    public ServiceError? Check(uint token) => IsBusy ? Refuse(token) : null;

    public void Charge(uint token, double units)
    {
        metrics.Consumed.Add(units);
        lock (_lock)
        {
            if (_plan is not { } plan)
            {
                return;
            }

            var now = time.GetTimestamp();
            if (plan.Provisioned is null)
            {
                CountSecond(now, units);
            }

            var spent = Math.Max(_total.Take(now, units, _rate), _ranges.Find(token).Take(token, now, units, _perRange));
            if (spent >= now && spent >= _busyUntil)
            {
                Volatile.Write(ref _busyUntil, spent + 1);
            }
        }
    }

    /// <summary>Reports what does not change from request to request.</summary>
    public void Measure(long? provisioned, long? maximum)
    {
        if (provisioned is { } units)
        {
            metrics.Provisioned(units);
        }

        if (maximum is { } most)
        {
            metrics.Maximum(most);
        }
    }

    /// <summary>The peak, if it is to be stored: if it raises what the table takes, and has changed.</summary>
    public Peak? Unsaved(DateTimeOffset now)
    {
        lock (_lock)
        {
            Roll(now);
            return _peak != _saved && (_peak.Current * 2 > Scaled() || _peak.Previous > _saved.Previous) ? _peak : null;
        }
    }

    public void Saved(Peak stored)
    {
        lock (_lock)
        {
            _saved = stored;
        }
    }

    private ServiceError? Refuse(uint token)
    {
        lock (_lock)
        {
            if (_plan is not { } plan)
            {
                return null;
            }

            Roll(time.GetUtcNow());
            var now = time.GetTimestamp();
            var range = _ranges.Find(token);
            var hot = range.Bucket.Spent >= now;
            if (hot)
            {
                Heat(range, token, now);
            }

            if (!hot && _total.Spent < now)
            {
                return null;
            }

            var kind = _total.Spent >= now ? _kind : LimitKind.KeyRange;
            metrics.Refused(kind);
            return ThrottleErrors.Of(kind, plan.Provisioned is not null, view, write);
        }
    }

    // A partition that refuses for a minute is split, so that its busiest keys come to have one each.
    private void Heat(HashRange range, uint token, long now)
    {
        if (now - range.HotAt > HeatSeconds * _frequency)
        {
            range.HotSince = now;
        }

        range.HotAt = now;
        if (now - range.HotSince >= HeatSeconds * _frequency)
        {
            _ranges.Relieve(token);
        }
    }

    private void CountSecond(long now, double units)
    {
        var second = now / _frequency;
        if (second != _second)
        {
            _second = second;
            _inSecond = 0;
            Roll(time.GetUtcNow());
        }

        _inSecond += units;
        if (_inSecond > _peak.Current)
        {
            _peak = _peak with { Current = _inSecond };
        }
    }

    private void Roll(DateTimeOffset now)
    {
        var peak = _peak.At(now);
        var more = peak.Previous > _peak.Previous;
        _peak = peak;
        if (more)
        {
            Settle();
        }
    }

    private long Scaled() => Math.Min(Quota, Math.Max(Math.Max(Initial(write), _plan?.Warm ?? 0), (long)(_peak.Previous * 2)));

    // Brings the limits up to date with the plan and the peak.
    private void Settle()
    {
        if (_plan is not { } plan)
        {
            Volatile.Write(ref _busyUntil, Never);
            return;
        }

        var old = _rate;
        var capacity = plan.Provisioned ?? Scaled();
        (_kind, _rate) = plan switch
        {
            { Provisioned: not null } => (LimitKind.Provisioned, Rate.Of(Math.Max(1, capacity), BurstSeconds, _frequency)),
            { Maximum: { } maximum } when maximum < capacity => (LimitKind.Maximum, Rate.Of(maximum, BurstSeconds, _frequency)),
            _ => (capacity == Quota ? LimitKind.Account : LimitKind.KeyRange, Rate.Of(capacity, seconds: 1, _frequency)),
        };
        _ranges.Grow(Math.Max(plan.Ranges, (capacity + PerRange(write) - 1) / PerRange(write)));
        var now = time.GetTimestamp();
        _total.Change(now, old, _rate);
        if (_total.Spent >= now && _total.Spent >= _busyUntil)
        {
            Volatile.Write(ref _busyUntil, _total.Spent + 1);
        }
    }
}
