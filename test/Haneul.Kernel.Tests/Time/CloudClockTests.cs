using Haneul.Kernel.Time;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Kernel.Tests.Time;

public sealed class CloudClockTests
{
    private readonly FakeTimeProvider _machine = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void An_advanced_clock_runs_ahead_and_on()
    {
        var clock = new CloudClock(_machine);
        clock.Advance(TimeSpan.FromHours(3));
        _machine.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromHours(3) + TimeSpan.FromSeconds(5), clock.GetUtcNow());
    }

    [Fact]
    public void A_frozen_clock_stands_until_it_is_resumed()
    {
        var clock = new CloudClock(_machine);
        clock.Freeze();
        _machine.Advance(TimeSpan.FromDays(1));
        Assert.Equal(DateTimeOffset.UnixEpoch, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMinutes(1));
        clock.Resume();
        _machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(61), clock.GetUtcNow());
    }

    [Fact]
    public async Task Advancing_fires_the_timers_that_fall_due_and_no_others()
    {
        var clock = new CloudClock(_machine);
        var soon = Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        var later = Task.Delay(TimeSpan.FromHours(5), clock, TestContext.Current.CancellationToken);
        clock.Freeze();
        _machine.Advance(TimeSpan.FromDays(1));
        Assert.False(soon.IsCompleted);
        clock.Advance(TimeSpan.FromHours(1));
        await soon;
        Assert.False(later.IsCompleted);
        clock.Resume();
        _machine.Advance(TimeSpan.FromHours(4));
        await later;
    }

    [Fact]
    public async Task A_changed_timer_fires_at_its_new_time_only()
    {
        var clock = new CloudClock(_machine);
        var fired = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        _machine.Advance(TimeSpan.FromSeconds(9));
        Assert.False(fired.Task.IsCompleted);
        _machine.Advance(TimeSpan.FromSeconds(1));
        await fired.Task;
    }

    [Fact]
    public void Time_does_not_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CloudClock(_machine).Advance(TimeSpan.FromSeconds(-1)));
}
