using System.Globalization;

namespace Haneul.AutoScaling.Schedules;

/// <summary>
/// When a scheduled action runs: <c>at(2025-01-31T10:00:00)</c>, <c>rate(5 minutes)</c> or <c>cron(0 10 * * ? *)</c>.
/// <see href="https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html"/>
/// </summary>
internal sealed class Schedule
{
    private readonly DateTime? _at;
    private readonly TimeSpan? _rate;
    private readonly CronExpression? _cron;
    private readonly TimeZoneInfo _zone;

    private Schedule(DateTime? at, TimeSpan? rate, CronExpression? cron, TimeZoneInfo zone) => (_at, _rate, _cron, _zone) = (at, rate, cron, zone);

    /// <exception cref="FormatException">The text is no schedule, or there is no such time zone.</exception>
    public static Schedule Parse(string text, string? timezone)
    {
        var zone = Zone(timezone);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')'))
        {
            throw new FormatException("Invalid schedule expression: " + text);
        }

        var inner = text[(open + 1)..^1].Trim();
        return text[..open] switch
        {
            "at" when DateTime.TryParseExact(
                inner, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) => new Schedule(at, null, null, zone),
            "rate" when Rate(inner) is { } rate => new Schedule(null, rate, null, zone),
            "cron" => new Schedule(null, null, CronExpression.Parse(inner), zone),
            _ => throw new FormatException("Invalid schedule expression: " + text),
        };
    }

    /// <summary>The first time after a moment.</summary>
    /// <param name="after">Not included.</param>
    /// <param name="anchor">When rates begin to count.</param>
    public DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset anchor)
    {
        if (_rate is { } rate)
        {
            var steps = after < anchor ? 0 : ((after - anchor).Ticks / rate.Ticks) + 1;
            return anchor + TimeSpan.FromTicks(steps * rate.Ticks);
        }

        if (_at is { } at)
        {
            return ToUtc(at) is { } moment && moment > after ? moment : null;
        }

        // Local times that the clocks leap over do not happen; those that happen twice run once.
        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        while (_cron!.Next(local) is { } candidate)
        {
            if (ToUtc(candidate) is { } moment && moment > after)
            {
                return moment;
            }

            local = candidate;
        }

        return null;
    }

    private DateTimeOffset? ToUtc(DateTime local) =>
        _zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();

    private static TimeZoneInfo Zone(string? name)
    {
        if (name is null)
        {
            return TimeZoneInfo.Utc;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new FormatException("Invalid timezone: " + name, exception);
        }
    }

    private static TimeSpan? Rate(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
        {
            return null;
        }

        return parts[1] switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(value),
            "hour" or "hours" => TimeSpan.FromHours(value),
            "day" or "days" when value < 100_000 => TimeSpan.FromDays(value),
            _ => null,
        };
    }
}
