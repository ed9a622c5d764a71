using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Logs.MetricFilters;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Logs.Groups;

/// <summary>Lists groups by name, 50 a page.</summary>
internal sealed class DescribeLogGroups(LogTable logs) : IHandler<DescribeLogGroupsInput, DescribeLogGroupsOutput>
{
    public ValueTask<Outcome<DescribeLogGroupsOutput>> HandleAsync(
        DescribeLogGroupsInput input, CallContext context, CancellationToken cancel)
    {
        if (input.LogGroupNamePrefix is not null && input.LogGroupNamePattern is not null)
        {
            return new(LogsErrors.InvalidParameterException.With("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."));
        }

        if (input.IncludeLinkedAccounts == true || input.AccountIdentifiers is { Count: > 0 } || input.LogGroupIdentifiers is { Count: > 0 })
        {
            return new(LogsErrors.InvalidParameterException.With(
                "Haneul does not support accountIdentifiers, includeLinkedAccounts or logGroupIdentifiers of DescribeLogGroups yet."));
        }

        var limit = input.Limit ?? 50;
        var groups = new List<LogGroup>();
        string? next = null;
        var range = KeyRange.Prefix(LogsKeyspace.Kind(LogsKeyspace.Groups));
        range = input.NextToken is { } token ? range.After(LogsKeyspace.Key(LogsKeyspace.Groups, token)) : range;
        var partition = logs.Of(context);
        foreach (var entry in partition.Scan(range))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            var name = key.ReadText();
            if (!Matches(name, input))
            {
                continue;
            }

            if (groups.Count == limit)
            {
                next = groups[^1].LogGroupName;
                break;
            }

            var arn = LogArn.Group(context, name);
            var record = GroupRecord.Decode(entry.Value);
            groups.Add(new LogGroup
            {
                LogGroupName = name,
                CreationTime = record.Created,
                RetentionInDays = record.RetentionDays > 0 ? record.RetentionDays : null,
                MetricFilterCount = MetricFilterRecord.In(partition, name).Count,
                Arn = arn + ":*",
                LogGroupArn = arn,
                LogGroupClass = LogGroupClass.Standard,
            });
        }

        return new(new DescribeLogGroupsOutput { LogGroups = groups, NextToken = next });
    }

    private static bool Matches(string name, DescribeLogGroupsInput input) =>
        (input.LogGroupNamePrefix is null || name.StartsWith(input.LogGroupNamePrefix, StringComparison.Ordinal))
        && (input.LogGroupNamePattern is null || name.Contains(input.LogGroupNamePattern, StringComparison.OrdinalIgnoreCase))
        && input.LogGroupClass is null or LogGroupClass.Standard;
}
