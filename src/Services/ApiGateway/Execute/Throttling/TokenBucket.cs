namespace Haneul.ApiGateway.Execute.Throttling;

/// <summary>
/// A bucket of tokens that fills at a rate up to a burst, without a lock and without a timer: it keeps the moment at which it will be full again, which
/// each token moves on. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html"/>
/// </summary>
/// <param name="rate">Tokens in a second.</param>
/// <param name="burst">Tokens that it holds.</param>
/// <param name="start">Ticks of the clock when it was made; it is full then.</param>
internal sealed class TokenBucket(double rate, double burst, long start)
{
    // Parts of a tick, so that rates that do not divide a second are kept.
    private const int Parts = 256;

    private readonly long _interval = rate > 0 ? (long)Math.Clamp(TimeSpan.TicksPerSecond * Parts / rate, 1, TimeSpan.TicksPerDay * Parts) : 0;
    private long _full;

    public double Rate => rate;

    public double Burst => burst;

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="now">Ticks of the clock.</param>
    public bool TryTake(long now)
    {
        if (rate <= 0 || burst < 1)
        {
            return false;
        }

        var at = (now - start) * Parts;
        while (true)
        {
            var full = Volatile.Read(ref _full);

            // A clock that was set back leaves no debt longer than the bucket.
            var from = Math.Min(Math.Max(full, at), at + (long)(burst * _interval));
            if (from - at > (burst - 1) * _interval)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _full, from + _interval, full) == full)
            {
                return true;
            }
        }
    }

    /// <summary>Whether it is full: nothing is lost when it is forgotten.</summary>
    public bool IsFull(long now) => Volatile.Read(ref _full) <= (now - start) * Parts;
}
