using System.Globalization;
using Haneul.CloudWatch.Contracts;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// Statistics of one metric, at most 1,440 points; points of different units are told apart.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html"/>
/// </summary>
internal sealed class GetMetricStatistics(MetricTable metrics) : IHandler<GetMetricStatisticsInput, GetMetricStatisticsOutput>
{
    private const int MaxPoints = 1_440;

    public ValueTask<Outcome<GetMetricStatisticsOutput>> HandleAsync(
        GetMetricStatisticsInput input, CallContext context, CancellationToken cancel)
    {
        if (Check(input) is { } error)
        {
            return new(error);
        }

        var (plain, extended) = (input.Statistics ?? [], new List<MetricStatistic>());
        foreach (var text in input.ExtendedStatistics ?? [])
        {
            if (MetricStatistic.TryParse(text) is not { IsExtended: true } statistic)
            {
                return new(CloudWatchFaults.Value($"The value {text} for parameter ExtendedStatistics is not supported."));
            }

            extended.Add(statistic);
        }

        var period = input.Period!.Value;
        var start = QueryTime.Start(input.StartTime!.Value, period, context.Time);
        var read = metrics.Read(
            context.Account,
            context.Region,
            MetricId.Of(input.Namespace, input.MetricName, input.Dimensions),
            start,
            QueryTime.End(input.EndTime!.Value),
            (uint)period,
            input.Unit);
        var points = new List<Datapoint>(read.Count);
        foreach (var ((second, unit), values) in read)
        {
            points.Add(Point(second, unit, values, plain, extended));
        }

        return new(new GetMetricStatisticsOutput { Label = input.MetricName, Datapoints = points });
    }

    private static Datapoint Point(long second, string unit, MetricSummary values, IReadOnlyList<string> plain, List<MetricStatistic> extended)
    {
        Dictionary<string, double>? percentiles = null;
        foreach (var statistic in extended)
        {
            if (statistic.Of(values) is { } value)
            {
                (percentiles ??= [])[statistic.Text] = value;
            }
        }

        return new Datapoint
        {
            Timestamp = DateTimeOffset.FromUnixTimeSeconds(second),
            SampleCount = plain.Contains("SampleCount") ? values.Count : null,
            Average = plain.Contains("Average") ? values.Average : null,
            Sum = plain.Contains("Sum") ? values.Sum : null,
            Minimum = plain.Contains("Minimum") ? values.Minimum : null,
            Maximum = plain.Contains("Maximum") ? values.Maximum : null,
            Unit = unit,
            ExtendedStatistics = percentiles,
        };
    }

    private static ServiceError? Check(GetMetricStatisticsInput input)
    {
        if (input.StartTime >= input.EndTime)
        {
            return CloudWatchFaults.Value("The parameter StartTime must be less than the parameter EndTime.");
        }

        var period = input.Period!.Value;
        if (!QueryTime.IsPeriod(period))
        {
            return CloudWatchFaults.Value(
                "The parameter Period must be equal to a value in the set [1,5,10,20,30] or be greater than or equal to 60 and a multiple of 60.");
        }

        if (input.Statistics is not { Count: > 0 } && input.ExtendedStatistics is not { Count: > 0 })
        {
            return CloudWatchFaults.Missing("Must specify either Statistics or ExtendedStatistics");
        }

        var points = (long)Math.Ceiling((input.EndTime!.Value - input.StartTime!.Value).TotalSeconds / period);
        return points > MaxPoints
            ? CloudWatchFaults.Combination(string.Create(
                CultureInfo.InvariantCulture,
                $"You have requested up to {points} datapoints, which exceeds the limit of {MaxPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."))
            : null;
    }
}
