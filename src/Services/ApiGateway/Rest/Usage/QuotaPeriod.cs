using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>
/// When the period of a quota begins, in UTC: a day at midnight; a week on Sunday and a month on its first day, each as many days later as the
/// quota's offset says.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html"/>
/// </summary>
internal static class QuotaPeriod
{
    /// <summary>The first day of the period that a day is in.</summary>
    public static DateOnly Start(QuotaSettings? quota, DateOnly day)
    {
        var offset = quota?.Offset ?? 0;
        return quota?.Period switch
        {
            QuotaPeriodType.Week => day.AddDays(-(((int)day.DayOfWeek - offset + 7) % 7)),
            QuotaPeriodType.Month => day.Day > offset
                ? new DateOnly(day.Year, day.Month, 1 + offset)
                : new DateOnly(day.Year, day.Month, 1).AddMonths(-1).AddDays(offset),
            _ => day,
        };
    }
}
