using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.MetricFilters;

/// <summary>Lists metric filters by group and name, 50 a page.</summary>
internal sealed class DescribeMetricFilters(LogTable logs) : IHandler<DescribeMetricFiltersInput, DescribeMetricFiltersOutput>
{
    public ValueTask<Outcome<DescribeMetricFiltersOutput>> HandleAsync(
        DescribeMetricFiltersInput input, CallContext context, CancellationToken cancel)
    {
        var partition = logs.Of(context);
        if (input.LogGroupName is { } group && !partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, group)))
        {
            return new(LogTable.NoGroup);
        }

        if (input.MetricName is null != input.MetricNamespace is null)
        {
            return new(LogsErrors.InvalidParameterException.With("metricName and metricNamespace must be specified together."));
        }

        var start = 0;
        if (input.NextToken is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            return new(LogsErrors.InvalidParameterException.With("The specified nextToken is invalid."));
        }

        var found = MetricFilterRecord.In(partition, input.LogGroupName).Where(record => Matches(record.Filter, input)).ToList();
        var page = found.Skip(start).Take(input.Limit ?? 50).ToList();
        var end = start + page.Count;
        return new(new DescribeMetricFiltersOutput
        {
            MetricFilters = [.. page.Select(record => new MetricFilter
            {
                FilterName = record.Filter.FilterName,
                FilterPattern = record.Filter.FilterPattern,
                LogGroupName = record.Filter.LogGroupName,
                MetricTransformations = record.Filter.MetricTransformations,
                CreationTime = record.Created,
                ApplyOnTransformedLogs = false,
            })],
            NextToken = end < found.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static bool Matches(PutMetricFilterInput filter, DescribeMetricFiltersInput input) =>
        filter.FilterName.StartsWith(input.FilterNamePrefix ?? "", StringComparison.Ordinal)
        && (input.MetricName is null || filter.MetricTransformations.Any(transformation =>
            transformation.MetricName == input.MetricName && transformation.MetricNamespace == input.MetricNamespace));
}
