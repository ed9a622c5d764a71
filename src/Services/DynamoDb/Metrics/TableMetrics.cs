using System.Collections.Concurrent;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Metrics;

/// <summary>
/// The series of a table, each made when it first has something to say.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html"/>
/// </summary>
internal sealed class TableMetrics(MetricReporter reporter, AccountId account, Region region, string table)
{
    public const string Namespace = "AWS/DynamoDB";

    private readonly ConcurrentDictionary<(string Name, string? Index, string? Operation), MetricSeries> _series = new();
    private readonly ConcurrentDictionary<string, OperationMetrics> _operations = new(StringComparer.Ordinal);

    /// <summary>The series of an operation on the table.</summary>
    public OperationMetrics Of(string operation) => _operations.GetOrAdd(operation, static (name, table) => new OperationMetrics(table, name), this);

    /// <summary>A series that counts something of the table or of one of its global indexes.</summary>
    public MetricSeries Count(string name, string? index = null, string? operation = null) => Series(name, MetricUnit.Count, index, operation);

    public MetricSeries Series(string name, string unit, string? index, string? operation)
    {
        if (_series.TryGetValue((name, index, operation), out var known))
        {
            return known;
        }

        var dimensions = new List<MetricDimension> { new("TableName", table) };
        if (index is not null)
        {
            dimensions.Add(new MetricDimension("GlobalSecondaryIndexName", index));
        }

        if (operation is not null)
        {
            dimensions.Add(new MetricDimension("Operation", operation));
        }

        var made = reporter.Series(account, region, Namespace, name, unit, distribution: unit == MetricUnit.Milliseconds, [.. dimensions]);
        if (_series.TryAdd((name, index, operation), made))
        {
            return made;
        }

        reporter.Remove(made);
        return _series[(name, index, operation)];
    }

    /// <summary>Ends all series: the table is gone.</summary>
    public void Remove()
    {
        foreach (var series in _series.Values)
        {
            reporter.Remove(series);
        }
    }
}

/// <summary>What is reported of one operation on one table.</summary>
internal sealed class OperationMetrics(TableMetrics table, string operation)
{
    private MetricSeries? _latency;
    private MetricSeries? _returned;
    private MetricSeries? _throttled;

    public void Succeeded(TimeSpan took) =>
        (_latency ??= table.Series("SuccessfulRequestLatency", MetricUnit.Milliseconds, null, operation)).Add(took.TotalMilliseconds);

    public void Returned(int items) => (_returned ??= table.Count("ReturnedItemCount", operation: operation)).Add(items);

    public void Throttled() => (_throttled ??= table.Count("ThrottledRequests", operation: operation)).Add(1);
}
