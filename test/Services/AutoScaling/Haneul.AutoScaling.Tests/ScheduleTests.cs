using System.Globalization;
using Haneul.AutoScaling.Schedules;

namespace Haneul.AutoScaling.Tests;

/// <summary>When schedules run.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("at(2025-06-15T12:00:00)", null, "2025-06-15T11:59:59Z", "2025-06-15T12:00:00Z")]
    [InlineData("at(2025-06-15T12:00:00)", null, "2025-06-15T12:00:00Z", null)]
    [InlineData("at(2025-06-15T12:00:00)", "Asia/Seoul", "2025-06-15T00:00:00Z", "2025-06-15T03:00:00Z")]
    [InlineData("rate(5 minutes)", null, "2025-06-15T00:07:00Z", "2025-06-15T00:10:00Z")]
    [InlineData("rate(1 hour)", null, "2025-06-14T00:00:00Z", "2025-06-15T00:00:00Z")]
    [InlineData("cron(15 10 * * ? *)", null, "2025-06-15T10:15:00Z", "2025-06-16T10:15:00Z")]
    [InlineData("cron(0/20 8-9 ? * MON-FRI *)", null, "2025-06-13T09:40:00Z", "2025-06-16T08:00:00Z")]
    [InlineData("cron(0 0 L 2 ? 2028)", null, "2025-06-15T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("cron(0 0 15W * ? *)", null, "2025-06-15T00:00:00Z", "2025-06-16T00:00:00Z")]
    [InlineData("cron(0 9 ? * 2#1 *)", null, "2025-06-15T00:00:00Z", "2025-07-07T09:00:00Z")]
    [InlineData("cron(0 9 ? JUL,AUG 6L *)", null, "2025-06-15T00:00:00Z", "2025-07-25T09:00:00Z")]
    [InlineData("cron(30 2 * * ? *)", "Europe/Berlin", "2025-03-29T12:00:00Z", "2025-03-31T00:30:00Z")]
    [InlineData("cron(0 0 1 1 ? 2020)", null, "2025-06-15T00:00:00Z", null)]
    public void The_next_time_is_found(string expression, string? zone, string after, string? expected)
    {
        var anchor = DateTimeOffset.Parse("2025-06-15T00:00:00Z", CultureInfo.InvariantCulture);
        var next = Schedule.Parse(expression, zone).Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture), anchor);
        Assert.Equal(expected, next?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("every day", null)]
    [InlineData("at(tomorrow)", null)]
    [InlineData("rate(0 minutes)", null)]
    [InlineData("rate(5 fortnights)", null)]
    [InlineData("cron(0 0 * * *)", null)]
    [InlineData("cron(0 0 * * * *)", null)]
    [InlineData("cron(60 0 * * ? *)", null)]
    [InlineData("cron(5-1 0 * * ? *)", null)]
    [InlineData("rate(5 minutes)", "Moon/Base")]
    public void What_is_no_schedule_is_refused(string expression, string? zone) =>
        Assert.Throws<FormatException>(() => Schedule.Parse(expression, zone));
}
