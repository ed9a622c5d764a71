using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.CloudWatch.Alarms;

/// <summary>Lists what happened to alarms in the past 30 days, the newest first, 100 a page; deleted alarms are remembered too.</summary>
internal sealed class DescribeAlarmHistory(AlarmTable alarms) : IHandler<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput>
{
    private const int MaxRecords = 100;

    public ValueTask<Outcome<DescribeAlarmHistoryOutput>> HandleAsync(
        DescribeAlarmHistoryInput input, CallContext context, CancellationToken cancel)
    {
        if (input.AlarmContributorId is not null)
        {
            return new(CloudWatchFaults.Unsupported("AlarmContributorId", "DescribeAlarmHistory"));
        }

        byte[]? after = null;
        if (input.NextToken is { } token && (after = PageToken.Decode(token)) is null)
        {
            return new(CloudWatchErrors.InvalidNextToken.With("The NextToken is invalid."));
        }

        var items = Read(alarms.Of(context), input, context.Time - HistoryRecord.Kept);
        items.Sort(static (left, right) => left.Order.AsSpan().SequenceCompareTo(right.Order));
        if (input.ScanBy != ScanBy.TimestampAscending)
        {
            items.Reverse();
        }

        var start = after is null ? 0 : items.FindIndex(item => item.Order.AsSpan().SequenceEqual(after)) + 1;
        var page = items.Skip(start).Take(input.MaxRecords ?? MaxRecords).ToList();
        return new(new DescribeAlarmHistoryOutput
        {
            AlarmHistoryItems = [.. page.Select(item => item.Item)],
            NextToken = start + page.Count < items.Count ? PageToken.Encode(page[^1].Order) : null,
        });
    }

    // In order of time among all alarms: the time stands in front of the name.
    private static List<(byte[] Order, AlarmHistoryItem Item)> Read(IPartition partition, DescribeAlarmHistoryInput input, DateTimeOffset oldest)
    {
        var items = new List<(byte[], AlarmHistoryItem)>();
        var prefix = input.AlarmName is { } name
            ? CloudWatchKeyspace.Key(CloudWatchKeyspace.History, name)
            : CloudWatchKeyspace.Key(CloudWatchKeyspace.History);
        foreach (var entry in partition.Scan(KeyRange.Prefix(prefix)))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            var alarm = key.ReadText();
            var rest = key.Rest.ToArray();
            var time = key.ReadTime();
            var record = HistoryRecord.Decode(entry.Value);
            if (time < oldest || time < input.StartDate || time > input.EndDate
                || (input.HistoryItemType is { } type && type != record.Type)
                || (input.AlarmTypes is { Count: > 0 } types && !types.Contains(record.AlarmType)))
            {
                continue;
            }

            items.Add(([.. rest, .. entry.Key], new AlarmHistoryItem
            {
                AlarmName = alarm,
                AlarmType = record.AlarmType,
                Timestamp = time,
                HistoryItemType = record.Type,
                HistorySummary = record.Summary,
                HistoryData = record.Data,
            }));
        }

        return items;
    }
}
