using Haneul.Kernel.Identity;

namespace Haneul.Integration.Metrics;

/// <summary>Where services report what they measure, and where others read it. Implemented by CloudWatch; resolve it as optional.</summary>
public interface IMetrics
{
    /// <summary>Stores data durably, all or nothing. Data of one series and period add up, whoever reports them.</summary>
    /// <param name="account">Whose metrics they are.</param>
    /// <param name="region">Where they were measured.</param>
    /// <param name="metricNamespace">Such as <c>AWS/DynamoDB</c>; services may write to AWS's own, clients may not.</param>
    /// <param name="data">The data, of any number.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask PutAsync(AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data, CancellationToken cancel);

    /// <summary>Reads one series, summed up by period.</summary>
    /// <returns>The periods that have data, in order of time.</returns>
    ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(AccountId account, Region region, MetricQuery query, CancellationToken cancel);
}

/// <param name="Name">Such as <c>ConsumedReadCapacityUnits</c>.</param>
/// <param name="Dimensions">In any order, at most 30.</param>
/// <param name="Time">When it was measured; a minute's sum carries the start of the minute.</param>
/// <param name="Unit">One of <see cref="MetricUnit"/>.</param>
/// <param name="Values">What was measured; the receiver only reads it.</param>
/// <param name="HighResolution">Kept by the second, for three hours.</param>
public sealed record MetricDatum(
    string Name, IReadOnlyList<MetricDimension> Dimensions, DateTimeOffset Time, string Unit, MetricSummary Values, bool HighResolution = false);

public readonly record struct MetricDimension(string Name, string Value);

/// <param name="Namespace">Such as <c>AWS/DynamoDB</c>.</param>
/// <param name="Name">The metric.</param>
/// <param name="Dimensions">Exactly those of the series wanted, in any order.</param>
/// <param name="Start">Included.</param>
/// <param name="End">Not included.</param>
/// <param name="Period">The length of a point; points begin at its multiples since 1970.</param>
/// <param name="Unit">Only data of this unit; null for all.</param>
public sealed record MetricQuery(
    string Namespace,
    string Name,
    IReadOnlyList<MetricDimension> Dimensions,
    DateTimeOffset Start,
    DateTimeOffset End,
    TimeSpan Period,
    string? Unit = null);

/// <param name="Time">The start of the period.</param>
/// <param name="Values">What was measured in it.</param>
public readonly record struct MetricPoint(DateTimeOffset Time, MetricSummary Values);

/// <summary>The units that services of this cloud report in, as CloudWatch spells them.</summary>
public static class MetricUnit
{
    public const string None = "None";
    public const string Count = "Count";
    public const string CountPerSecond = "Count/Second";
    public const string Seconds = "Seconds";
    public const string Milliseconds = "Milliseconds";
    public const string Microseconds = "Microseconds";
    public const string Bytes = "Bytes";
    public const string Percent = "Percent";
}
