using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Logs.Filters;
using Haneul.Storage;
using Haneul.Storage.Shapes;

namespace Haneul.Logs.Subscriptions;

/// <summary>
/// Sends a group's events to a function from now on, or changes how; two filters a group.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html"/>
/// </summary>
internal sealed class PutSubscriptionFilter(LogTable logs, SubscriptionSender sender) : IHandler<PutSubscriptionFilterInput, Unit>
{
    private const int MaxFilters = 2;

    public async ValueTask<Outcome<Unit>> HandleAsync(PutSubscriptionFilterInput input, CallContext context, CancellationToken cancel)
    {
        if (Check(input, context) is { } error)
        {
            return error;
        }

        var partition = logs.Of(context);
        if (!partition.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
        {
            return LogTable.NoGroup;
        }

        if (!await sender.TryAsync(input, context, cancel))
        {
            return LogsErrors.InvalidParameterException.With(
                "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.");
        }

        return await partition.UpdateAsync((input, context), static (current, batch, call) =>
        {
            var (input, context) = call;
            if (!current.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
            {
                return (Outcome<Unit>)LogTable.NoGroup;
            }

            var key = LogsKeyspace.Key(LogsKeyspace.Subscriptions, input.LogGroupName, input.FilterName);
            if (!current.Contains(key) && SubscriptionRecord.In(current, input.LogGroupName).Count >= MaxFilters)
            {
                return LogsErrors.LimitExceededException.With("Resource limit exceeded.");
            }

            batch.Put(key, new SubscriptionRecord(ShapeRecord.Encode(input), context.Time.ToUnixTimeMilliseconds()).Encode());
            return Unit.Value;
        });
    }

    private static ServiceError? Check(PutSubscriptionFilterInput input, CallContext context)
    {
        if (!Arn.TryParse(input.DestinationArn, out var destination))
        {
            return LogsErrors.InvalidParameterException.With("destinationArn is not an ARN.");
        }

        if (destination.Service != "lambda")
        {
            return LogsErrors.InvalidParameterException.With(input.RoleArn is null
                ? $"destinationArn for vendor {destination.Service} cannot be used without roleArn"
                : $"Haneul does not support destinationArn of {destination.Service} yet.");
        }

        if (destination.Account != context.Account.Value)
        {
            return CommonErrors.AccessDeniedException.With(
                "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.");
        }

        var unsupported = input switch
        {
            { RoleArn: not null } => "roleArn with a function",
            { Distribution: not null and not Distribution.ByLogStream } => "distribution " + input.Distribution,
            { ApplyOnTransformedLogs: true } => "applyOnTransformedLogs",
            { FieldSelectionCriteria: not null } => "fieldSelectionCriteria",
            { EmitSystemFields.Count: > 0 } => "emitSystemFields",
            _ => null,
        };
        if (unsupported is not null)
        {
            return LogsErrors.InvalidParameterException.With($"Haneul does not support {unsupported} of PutSubscriptionFilter yet.");
        }

        try
        {
            FilterPattern.Parse(input.FilterPattern);
            return null;
        }
        catch (FormatException exception)
        {
            return LogsErrors.InvalidParameterException.With("Invalid filter pattern: " + exception.Message);
        }
    }
}
