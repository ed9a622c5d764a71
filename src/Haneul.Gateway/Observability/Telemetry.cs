using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Haneul.Gateway.Observability;

/// <summary>
/// One metric and one activity for every operation, under the name <c>Haneul</c>. They cost nothing until somebody listens, such as the exporter
/// that <c>--otlp</c> turns on.
/// </summary>
public static class Telemetry
{
    public const string Name = "Haneul";

    private static readonly Meter s_meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>How long operations take, in seconds; with service, operation, status and error code.</summary>
    internal static Histogram<double> Duration { get; } = s_meter.CreateHistogram<double>(
        "haneul.operation.duration", "s", "Time from the first byte of a request to the last of its answer.");
}
