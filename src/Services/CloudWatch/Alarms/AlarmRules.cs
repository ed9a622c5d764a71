using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Metrics;
using Haneul.CloudWatch.Queries;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Alarms;

/// <summary>What the definition of a metric alarm must be like.</summary>
internal static class AlarmRules
{
    private const int Day = 86_400;
    private static readonly string[] s_missing = ["breaching", "notBreaching", "ignore", "missing"];

    public static ServiceError? Check(PutMetricAlarmInput input, CallContext context, IEnumerable<IAlarmActions> services) =>
        Unsupported(input) ?? CheckComparison(input) ?? CheckMetric(input, context)
        ?? CheckActions([.. input.OKActions ?? [], .. input.AlarmActions ?? [], .. input.InsufficientDataActions ?? []], services, "PutMetricAlarm");

    /// <summary>Actions are functions, or what other services of this cloud have to offer.</summary>
    public static ServiceError? CheckActions(IEnumerable<string> actions, IEnumerable<IAlarmActions> services, string operation)
    {
        foreach (var action in actions)
        {
            if (!Arn.TryParse(action, out var arn))
            {
                return CloudWatchFaults.Validation($"Invalid arn syntax: {action}");
            }

            if (!services.Any(service => service.Owns(arn)))
            {
                return CloudWatchFaults.Validation($"Haneul does not support {arn.Service} actions of {operation} yet.");
            }
        }

        return null;
    }

    private static ServiceError? Unsupported(PutMetricAlarmInput input) => input switch
    {
        { ThresholdMetricId: not null } => CloudWatchFaults.Unsupported("ThresholdMetricId", "PutMetricAlarm"),
        { EvaluationCriteria: not null } => CloudWatchFaults.Unsupported("EvaluationCriteria", "PutMetricAlarm"),
        { EvaluationInterval: not null } => CloudWatchFaults.Unsupported("EvaluationInterval", "PutMetricAlarm"),
        {
            ComparisonOperator: ComparisonOperator.LessThanLowerOrGreaterThanUpperThreshold or ComparisonOperator.LessThanLowerThreshold
                or ComparisonOperator.GreaterThanUpperThreshold
        } => CloudWatchFaults.Unsupported("ComparisonOperator " + input.ComparisonOperator, "PutMetricAlarm"),
        _ => null,
    };

    private static ServiceError? CheckComparison(PutMetricAlarmInput input)
    {
        var missing = input switch
        {
            { ComparisonOperator: null } => "ComparisonOperator",
            { EvaluationPeriods: null } => "EvaluationPeriods",
            { Threshold: null } => "Threshold",
            _ => null,
        };
        if (missing is not null)
        {
            return CloudWatchFaults.Validation($"The parameter {missing} is required.");
        }

        if (input.DatapointsToAlarm > input.EvaluationPeriods)
        {
            return CloudWatchFaults.Validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
        }

        if (input.TreatMissingData is { } treat && !s_missing.Contains(treat))
        {
            return CloudWatchFaults.Validation(
                $"Option {treat} is not supported. Supported options for parameter TreatMissingData are breaching, notBreaching, ignore, and missing.");
        }

        return input.EvaluateLowSampleCountPercentile is null or "evaluate" or "ignore"
            ? null
            : CloudWatchFaults.Validation(
                $"Option {input.EvaluateLowSampleCountPercentile} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.");
    }

    private static ServiceError? CheckMetric(PutMetricAlarmInput input, CallContext context)
    {
        if (input.Metrics is { Count: > 0 } queries)
        {
            if (input is not
                {
                    MetricName: null, Namespace: null, Statistic: null, ExtendedStatistic: null, Dimensions: null or [], Period: null, Unit: null,
                })
            {
                return CloudWatchFaults.Validation("The parameters Metrics and MetricName are mutually exclusive and you have specified both.");
            }

            return QueryRules.Check(queries, context, "Metrics")
                ?? (queries.Count(query => query.ReturnData != false) == 1
                    ? CheckSpan(input, AlarmMetric.Of(input).Period)
                    : CloudWatchFaults.Validation("Exactly one element of the metrics list should return data."));
        }

        var missing = input switch
        {
            { MetricName: null } => "MetricName",
            { Namespace: null } => "Namespace",
            { Period: null } => "Period",
            _ => null,
        };
        if (missing is not null)
        {
            return CloudWatchFaults.Validation($"The parameter {missing} is required.");
        }

        if (input.Statistic is null == input.ExtendedStatistic is null)
        {
            return CloudWatchFaults.Validation(input.Statistic is null
                ? "At least one of the parameters Statistic and ExtendedStatistic must be specified."
                : "The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.");
        }

        if (input.ExtendedStatistic is { } extended && MetricStatistic.TryParse(extended) is not { IsExtended: true })
        {
            return CloudWatchFaults.Value($"The value {extended} for parameter ExtendedStatistic is not supported.");
        }

        return CheckSpan(input, input.Period!.Value);
    }

    private static ServiceError? CheckSpan(PutMetricAlarmInput input, int period)
    {
        if (period is not (10 or 20 or 30) && (period < 60 || period % 60 != 0))
        {
            return CloudWatchFaults.Validation("Period must be 10, 20, 30 or a multiple of 60");
        }

        var most = period >= 3600 ? 7 * Day : Day;
        return (long)period * input.EvaluationPeriods!.Value > most
            ? CloudWatchFaults.Validation(most == Day
                ? $"Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= {Day})."
                : $"Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= {7 * Day}).")
            : null;
    }
}
