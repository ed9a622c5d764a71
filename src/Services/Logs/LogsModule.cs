using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Logs.Events;
using Haneul.Logs.Groups;
using Haneul.Logs.Integration;
using Haneul.Logs.MetricFilters;
using Haneul.Logs.Streams;
using Haneul.Logs.Subscriptions;
using Haneul.Logs.Tags;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Logs;

/// <summary>Amazon CloudWatch Logs: groups, streams and events.</summary>
public sealed class LogsModule : IServiceModule
{
    public ServiceModel Model => LogsOperations.Model;

    public ErrorShape ValidationError => LogsErrors.InvalidParameterException;

    public IReadOnlyList<string> Differences =>
    [
        "Groups take no KMS key, deletion protection or class other than STANDARD yet.",
        "Events are deleted half an hour after their retention at the latest.",
        "Metric filters take no system fields and no field selection; a default value counts once for each batch of events in which none matches.",
        "Subscription filters send to functions of the same account; streams of Kinesis and Firehose are refused.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<LogTable>().AddSingleton<ILogSink, LogSink>().AddSingleton<IResourceFacts, GroupFacts>();
        services.AddSingleton<LogFeed>().AddSingleton<SubscriptionSender>();
        services.AddSingleton<RetentionLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<RetentionLoop>());
    }

    public void Map(OperationTable operations)
    {
        operations.Map(LogsOperations.CreateLogGroup)
            .Needs("logs:CreateLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*")
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags))
            .Use<CreateLogGroup>();
        operations.Map(LogsOperations.CreateLogStream)
            .Needs("logs:CreateLogStream", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<CreateLogStream>();
        operations.Map(LogsOperations.DeleteLogGroup)
            .Needs("logs:DeleteLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<DeleteLogGroup>();
        operations.Map(LogsOperations.DeleteLogStream)
            .Needs("logs:DeleteLogStream", (input, context) => LogArn.Stream(context, input.LogGroupName, input.LogStreamName)).Use<DeleteLogStream>();
        operations.Map(LogsOperations.DeleteMetricFilter)
            .Needs("logs:DeleteMetricFilter", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<DeleteMetricFilter>();
        operations.Map(LogsOperations.DeleteRetentionPolicy)
            .Needs("logs:DeleteRetentionPolicy", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<DeleteRetentionPolicy>();
        operations.Map(LogsOperations.DeleteSubscriptionFilter)
            .Needs("logs:DeleteSubscriptionFilter", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<DeleteSubscriptionFilter>();
        operations.Map(LogsOperations.DescribeLogGroups)
            .Needs("logs:DescribeLogGroups", (_, context) => LogArn.Group(context, "*")).Use<DescribeLogGroups>();
        operations.Map(LogsOperations.DescribeLogStreams)
            .Needs("logs:DescribeLogStreams", (input, context) => LogArn.Group(context, LogArn.Name(input.LogGroupName, input.LogGroupIdentifier)) + ":*")
            .Use<DescribeLogStreams>();
        operations.Map(LogsOperations.DescribeMetricFilters)
            .Needs("logs:DescribeMetricFilters", (input, context) => LogArn.Group(context, input.LogGroupName ?? "*") + ":*").Use<DescribeMetricFilters>();
        operations.Map(LogsOperations.DescribeSubscriptionFilters)
            .Needs("logs:DescribeSubscriptionFilters", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<DescribeSubscriptionFilters>();
        operations.Map(LogsOperations.FilterLogEvents)
            .Needs("logs:FilterLogEvents", (input, context) => LogArn.Group(context, LogArn.Name(input.LogGroupName, input.LogGroupIdentifier)) + ":*")
            .Use<FilterLogEvents>();
        operations.Map(LogsOperations.GetLogEvents)
            .Needs("logs:GetLogEvents", (input, context) =>
                LogArn.Stream(context, LogArn.Name(input.LogGroupName, input.LogGroupIdentifier), input.LogStreamName))
            .Use<GetLogEvents>();
        operations.Map(LogsOperations.ListTagsForResource)
            .Needs("logs:ListTagsForResource", (input, _) => input.ResourceArn).Use<ListTagsForResource>();
        operations.Map(LogsOperations.ListTagsLogGroup)
            .Needs("logs:ListTagsLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<ListTagsLogGroup>();
        operations.Map(LogsOperations.PutLogEvents)
            .Needs("logs:PutLogEvents", (input, context) => LogArn.Stream(context, input.LogGroupName, input.LogStreamName)).Use<PutLogEvents>();
        operations.Map(LogsOperations.PutMetricFilter)
            .Needs("logs:PutMetricFilter", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<PutMetricFilter>();
        operations.Map(LogsOperations.PutRetentionPolicy)
            .Needs("logs:PutRetentionPolicy", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<PutRetentionPolicy>();
        operations.Map(LogsOperations.PutSubscriptionFilter)
            .Needs("logs:PutSubscriptionFilter", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<PutSubscriptionFilter>();
        operations.Map(LogsOperations.TagLogGroup)
            .Needs("logs:TagLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*")
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags))
            .Use<TagLogGroup>();
        operations.Map(LogsOperations.TagResource)
            .Needs("logs:TagResource", (input, _) => input.ResourceArn)
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags))
            .Use<TagResource>();
        operations.Map(LogsOperations.TestMetricFilter).Needs("logs:TestMetricFilter").Use<TestMetricFilter>();
        operations.Map(LogsOperations.UntagLogGroup)
            .Needs("logs:UntagLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*")
            .Keys((input, _, authorization) => authorization.Key("aws:TagKeys", input.Tags))
            .Use<UntagLogGroup>();
        operations.Map(LogsOperations.UntagResource)
            .Needs("logs:UntagResource", (input, _) => input.ResourceArn)
            .Keys((input, _, authorization) => authorization.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagResource>();
    }
}

/// <summary>ARNs of groups and streams.</summary>
internal static class LogArn
{
    public static string Group(CallContext context, string group) =>
        Arn.Of("logs", context.Region.Name, context.Account, "log-group:" + group).ToString();

    public static string Stream(CallContext context, string group, string stream) => $"{Group(context, group)}:log-stream:{stream}";

    /// <summary>A group is named by itself or by its ARN.</summary>
    public static string Name(string? name, string? identifier) =>
        name ?? (Arn.TryParse(identifier, out var arn) && arn.Resource.StartsWith("log-group:", StringComparison.Ordinal)
            ? arn.Resource["log-group:".Length..].TrimEnd('*').TrimEnd(':')
            : identifier ?? "");
}
