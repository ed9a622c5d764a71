using Microsoft.Extensions.Time.Testing;

namespace Haneul.Storage.Tests;

public sealed class SignalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pulse_wakes_everyone_and_a_seen_one_does_not()
    {
        var signal = new Signal();
        var seen = signal.Version;
        var first = signal.WaitAsync(seen, TimeSpan.FromMinutes(1), TimeProvider.System, Cancel).AsTask();
        var second = signal.WaitAsync(seen, TimeSpan.FromMinutes(1), TimeProvider.System, Cancel).AsTask();
        Assert.False(first.IsCompleted);
        signal.Pulse();

        Assert.True(await first);
        Assert.True(await second);
        Assert.False(await signal.WaitAsync(signal.Version, TimeSpan.Zero, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task A_lost_signal_costs_a_tick()
    {
        var time = new FakeTimeProvider();
        var signal = new Signal();
        var wait = signal.WaitAsync(signal.Version, TimeSpan.FromSeconds(5), time, Cancel).AsTask();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.False(await wait);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var signal = new Signal();
        var wait = signal.WaitAsync(signal.Version, TimeSpan.FromMinutes(1), TimeProvider.System, stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
