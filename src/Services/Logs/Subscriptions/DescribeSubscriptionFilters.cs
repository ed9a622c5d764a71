using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Subscriptions;

/// <summary>Lists the subscription filters of a group.</summary>
internal sealed class DescribeSubscriptionFilters(LogTable logs) : IHandler<DescribeSubscriptionFiltersInput, DescribeSubscriptionFiltersOutput>
{
    public ValueTask<Outcome<DescribeSubscriptionFiltersOutput>> HandleAsync(
        DescribeSubscriptionFiltersInput input, CallContext context, CancellationToken cancel)
    {
        var partition = logs.Of(context);
        if (!partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
        {
            return new(LogTable.NoGroup);
        }

        var start = 0;
        if (input.NextToken is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            return new(LogsErrors.InvalidParameterException.With("The specified nextToken is invalid."));
        }

        var found = SubscriptionRecord.In(partition, input.LogGroupName)
            .Where(record => record.Filter.FilterName.StartsWith(input.FilterNamePrefix ?? "", StringComparison.Ordinal)).ToList();
        var page = found.Skip(start).Take(input.Limit ?? 50).ToList();
        var end = start + page.Count;
        return new(new DescribeSubscriptionFiltersOutput
        {
            SubscriptionFilters = [.. page.Select(record => new SubscriptionFilter
            {
                FilterName = record.Filter.FilterName,
                LogGroupName = record.Filter.LogGroupName,
                FilterPattern = record.Filter.FilterPattern,
                DestinationArn = record.Filter.DestinationArn,
                Distribution = Distribution.ByLogStream,
                CreationTime = record.Created,
                ApplyOnTransformedLogs = false,
            })],
            NextToken = end < found.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
        });
    }
}
