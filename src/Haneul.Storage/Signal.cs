namespace Haneul.Storage;

/// <summary>
/// Says "look now" to loops that wait for changes. It carries no data and may be lost with the process, or between machines:
/// whoever waits has a deadline and looks at the store itself.
/// </summary>
/// <remarks>
/// Read <see cref="Version"/>, look for work, and if there is none wait with that version: a change in between wakes at once.
/// </remarks>
public sealed class Signal
{
    private long _version;
    private TaskCompletionSource? _next;

    /// <summary>Grows with every pulse.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Wakes everyone who waits.</summary>
    public void Pulse()
    {
        Interlocked.Increment(ref _version);
        Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }

    /// <summary>Waits for a pulse after <paramref name="seen"/>.</summary>
    /// <returns>Whether there was one; false when the time is over.</returns>
    public async ValueTask<bool> WaitAsync(long seen, TimeSpan atMost, TimeProvider time, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Version != seen)
        {
            return true;
        }

        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = Interlocked.CompareExchange(ref _next, fresh, null) ?? fresh;

        // A pulse increments before it takes the source away: either it took ours, or its increment shows here.
        if (Version != seen)
        {
            return true;
        }

        await next.Task.WaitAsync(atMost, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        return Version != seen;
    }
}
