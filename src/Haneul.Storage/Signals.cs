namespace Haneul.Storage;

/// <summary>Waits for the first of several signals.</summary>
public static class Signals
{
    /// <summary>Waits for a pulse of any of the signals after the version that was seen of it.</summary>
    /// <returns>Whether there was one; false when the time is over.</returns>
    public static async ValueTask<bool> WaitAnyAsync(
        this IReadOnlyList<(Signal Signal, long Seen)> signals, TimeSpan atMost, TimeProvider time, CancellationToken cancel)
    {
        // The first ends the wait for the others.
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var waits = signals.Select(pair => pair.Signal.WaitAsync(pair.Seen, atMost, time, others.Token).AsTask());
        var first = await Task.WhenAny(waits).ConfigureAwait(false);
        await others.CancelAsync().ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }
}
