using Haneul.DynamoDb.Metrics;
using Haneul.Integration.Metrics;

namespace Haneul.DynamoDb.Throttling;

/// <summary>What a meter reports of the reads or writes of a table or index.</summary>
internal sealed class MeterMetrics(TableMetrics table, string? index, bool write)
{
    private readonly string _direction = write ? "Write" : "Read";

    public MetricSeries Consumed { get; } = table.Count($"Consumed{(write ? "Write" : "Read")}CapacityUnits", index);

    /// <summary>What is provisioned stands, whether or not it is used.</summary>
    public void Provisioned(long units) => table.Count($"Provisioned{_direction}CapacityUnits", index).Add(units);

    /// <summary>The owner's limit on demand.</summary>
    public void Maximum(long units) => table.Count($"OnDemandMax{_direction}RequestUnits", index).Add(units);

    public void Refused(LimitKind kind)
    {
        table.Count(_direction + "ThrottleEvents", index).Add(1);
        table.Count(_direction + kind switch
        {
            LimitKind.Provisioned => "ProvisionedThroughputThrottleEvents",
            LimitKind.KeyRange => "KeyRangeThroughputThrottleEvents",
            LimitKind.Maximum => "MaxOnDemandThroughputThrottleEvents",
            _ => "AccountLimitThrottleEvents",
        }, index).Add(1);
    }
}
