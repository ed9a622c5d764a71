using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Logs.Contracts;
using Haneul.Logs.Events;
using Haneul.Logs.Groups;
using Haneul.Logs.Integration;
using Haneul.Logs.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Logs;

/// <summary>Amazon CloudWatch Logs: groups, streams and events.</summary>
public sealed class LogsModule : IServiceModule
{
    public ServiceModel Model => LogsOperations.Model;

    public ErrorShape ValidationError => LogsErrors.InvalidParameterException;

    public IReadOnlyList<string> Differences =>
    [
        "Groups take no KMS key, tags, deletion protection or class other than STANDARD yet.",
        "Events are kept until their group or stream is deleted.",
    ];

    public void Register(IServiceCollection services) => services.AddSingleton<LogTable>().AddSingleton<ILogSink, LogSink>();

    public void Map(OperationTable operations)
    {
        operations.Map(LogsOperations.CreateLogGroup)
            .Needs("logs:CreateLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<CreateLogGroup>();
        operations.Map(LogsOperations.CreateLogStream)
            .Needs("logs:CreateLogStream", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<CreateLogStream>();
        operations.Map(LogsOperations.DeleteLogGroup)
            .Needs("logs:DeleteLogGroup", (input, context) => LogArn.Group(context, input.LogGroupName) + ":*").Use<DeleteLogGroup>();
        operations.Map(LogsOperations.DeleteLogStream)
            .Needs("logs:DeleteLogStream", (input, context) => LogArn.Stream(context, input.LogGroupName, input.LogStreamName)).Use<DeleteLogStream>();
        operations.Map(LogsOperations.DescribeLogGroups)
            .Needs("logs:DescribeLogGroups", (_, context) => LogArn.Group(context, "*")).Use<DescribeLogGroups>();
        operations.Map(LogsOperations.DescribeLogStreams)
            .Needs("logs:DescribeLogStreams", (input, context) => LogArn.Group(context, LogArn.Name(input.LogGroupName, input.LogGroupIdentifier)) + ":*")
            .Use<DescribeLogStreams>();
        operations.Map(LogsOperations.FilterLogEvents)
            .Needs("logs:FilterLogEvents", (input, context) => LogArn.Group(context, LogArn.Name(input.LogGroupName, input.LogGroupIdentifier)) + ":*")
            .Use<FilterLogEvents>();
        operations.Map(LogsOperations.GetLogEvents)
            .Needs("logs:GetLogEvents", (input, context) =>
                LogArn.Stream(context, LogArn.Name(input.LogGroupName, input.LogGroupIdentifier), input.LogStreamName))
            .Use<GetLogEvents>();
        operations.Map(LogsOperations.PutLogEvents)
            .Needs("logs:PutLogEvents", (input, context) => LogArn.Stream(context, input.LogGroupName, input.LogStreamName)).Use<PutLogEvents>();
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
