using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Logs.Filters;
using Haneul.Storage;
using Haneul.Storage.Shapes;

namespace Haneul.Logs.MetricFilters;

/// <summary>
/// Makes a metric of a group's events, or changes how; 100 filters a group.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html"/>
/// </summary>
internal sealed class PutMetricFilter(LogTable logs) : IHandler<PutMetricFilterInput, Unit>
{
    private const int MaxFilters = 100;
    private const int MaxDimensions = 3;

    public ValueTask<Outcome<Unit>> HandleAsync(PutMetricFilterInput input, CallContext context, CancellationToken cancel)
    {
        if (Check(input) is { } error)
        {
            return new(error);
        }

        return logs.Of(context).UpdateAsync((input, context), static (current, batch, call) =>
        {
            var (input, context) = call;
            if (!current.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
            {
                return (Outcome<Unit>)LogTable.NoGroup;
            }

            var key = LogsKeyspace.Key(LogsKeyspace.MetricFilters, input.LogGroupName, input.FilterName);
            if (!current.Contains(key) && MetricFilterRecord.In(current, input.LogGroupName).Count >= MaxFilters)
            {
                return LogsErrors.LimitExceededException.With("Resource limit exceeded.");
            }

            batch.Put(key, new MetricFilterRecord(ShapeRecord.Encode(input), context.Time.ToUnixTimeMilliseconds()).Encode());
            return Unit.Value;
        });
    }

    private static ServiceError? Check(PutMetricFilterInput input)
    {
        var unsupported = input switch
        {
            { ApplyOnTransformedLogs: true } => "applyOnTransformedLogs",
            { FieldSelectionCriteria: not null } => "fieldSelectionCriteria",
            { EmitSystemFieldDimensions.Count: > 0 } => "emitSystemFieldDimensions",
            _ => null,
        };
        if (unsupported is not null)
        {
            return LogsErrors.InvalidParameterException.With($"Haneul does not support {unsupported} of PutMetricFilter yet.");
        }

        var transformation = input.MetricTransformations[0];
        if (transformation is { DefaultValue: not null, Dimensions.Count: > 0 })
        {
            return LogsErrors.InvalidParameterException.With(
                "Invalid metric transformation: dimensions and default value are mutually exclusive properties.");
        }

        if (transformation.Dimensions?.Count > MaxDimensions)
        {
            return LogsErrors.InvalidParameterException.With($"Invalid metric transformation: at most {MaxDimensions} dimensions can be specified.");
        }

        if (transformation.MetricNamespace.StartsWith("AWS/", StringComparison.Ordinal))
        {
            return LogsErrors.InvalidParameterException.With("Invalid metric transformation: the namespace must not begin with AWS/.");
        }

        try
        {
            FilterPattern.Parse(input.FilterPattern);
            return null;
        }
        catch (FormatException exception)
        {
            return LogsErrors.InvalidParameterException.With("Invalid metric filter pattern: " + exception.Message);
        }
    }
}
