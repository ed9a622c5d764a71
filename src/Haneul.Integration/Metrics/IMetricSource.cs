namespace Haneul.Integration.Metrics;

/// <summary>A service with gauges: values that stand, such as a table's provisioned capacity. Register it as an <c>IMetricSource</c>.</summary>
public interface IMetricSource
{
    /// <summary>Called before each report: adds the gauges' values to their series.</summary>
    void Measure();
}
