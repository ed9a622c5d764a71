namespace Haneul.DynamoDb.Throttling;

/// <summary>How quickly a bucket fills, and how much of what was not used it keeps.</summary>
/// <param name="TicksPerUnit">What a unit takes of the stopwatch.</param>
/// <param name="Burst">How many ticks' worth of units a full bucket holds.</param>
internal readonly record struct Rate(double TicksPerUnit, long Burst)
{
    /// <param name="units">Units a second.</param>
    /// <param name="seconds">How long a full bucket lasts at that rate.</param>
    /// <param name="frequency">Ticks a second.</param>
    public static Rate Of(double units, int seconds, long frequency) => new(frequency / units, seconds * frequency);
}

/// <summary>
/// A token bucket in one number: the moment up to which what it gives is spent. What an operation costs is known when it is done, so it
/// runs while there is anything left and may leave a debt: a moment in the future.
/// </summary>
internal struct Bucket
{
    private long _spent;

    public Bucket(long spent) => _spent = spent;

    /// <summary>When there is something left again.</summary>
    public readonly long Spent => _spent;

    public static Bucket Full => new(long.MinValue);

    /// <summary>Keeps what is left, or owed, in units when the rate changes.</summary>
    public void Change(long now, Rate from, Rate to)
    {
        if (from.TicksPerUnit > 0 && _spent > now - from.Burst)
        {
            _spent = now + (long)((_spent - now) * (to.TicksPerUnit / from.TicksPerUnit));
        }
    }

    /// <returns>The moment up to which the bucket is spent now.</returns>
    public long Take(long now, double units, Rate rate) => _spent = Math.Max(_spent, now - rate.Burst) + (long)(units * rate.TicksPerUnit);
}
