using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Reported = Haneul.Integration.Metrics.MetricDatum;

namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// Stores data of clients: up to 1,000 data a call, each a value, up to 150 values with their counts, or a set of statistics.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html"/>
/// </summary>
internal sealed class PutMetricData(MetricTable metrics) : IHandler<PutMetricDataInput, Unit>
{
    private const int MaxData = 1_000;

    public async ValueTask<Outcome<Unit>> HandleAsync(PutMetricDataInput input, CallContext context, CancellationToken cancel)
    {
        if (input.EntityMetricData is { Count: > 0 })
        {
            return CloudWatchFaults.Unsupported("EntityMetricData", "PutMetricData");
        }

        if (input.StrictEntityValidation == true)
        {
            return CloudWatchFaults.Unsupported("StrictEntityValidation", "PutMetricData");
        }

        if (input.Namespace.StartsWith("AWS/", StringComparison.Ordinal))
        {
            return CloudWatchFaults.Value("The value AWS/ for parameter Namespace is invalid.");
        }

        if (input.MetricData is not { Count: > 0 } data)
        {
            return CloudWatchFaults.Missing("The parameter MetricData is required.");
        }

        if (data.Count > MaxData)
        {
            return CloudWatchFaults.Value($"The collection MetricData must not have a size greater than {MaxData}.");
        }

        var reported = new List<Reported>(data.Count);
        for (var i = 0; i < data.Count; i++)
        {
            if (DatumRules.Check(data[i], $"MetricData.member.{i + 1}", context.Time) is { } error)
            {
                return error;
            }

            reported.Add(new Reported(
                data[i].MetricName,
                MetricId.Of(input.Namespace, data[i].MetricName, data[i].Dimensions).Dimensions,
                data[i].Timestamp ?? context.Time,
                data[i].Unit ?? Haneul.Integration.Metrics.MetricUnit.None,
                DatumRules.Summary(data[i]),
                HighResolution: data[i].StorageResolution == 1));
        }

        await metrics.PutAsync(context.Account, context.Region, input.Namespace, reported);
        return Unit.Value;
    }
}
