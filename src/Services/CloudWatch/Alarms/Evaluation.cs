using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Expressions;
using Haneul.CloudWatch.Metrics;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Decides the state of a metric alarm from its newest points. Points that are missing are filled in only when fewer are there than it looks at.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html"/>
/// </summary>
internal sealed class Evaluation
{
    /// <summary>Further periods that are looked at when points are missing.</summary>
    public const int MorePeriods = 2;

    private readonly PutMetricAlarmInput _alarm;
    private readonly DateTimeOffset _now;
    private readonly int _period;
    private readonly IReadOnlyList<MathPoint> _points;

    /// <param name="alarm">The definition.</param>
    /// <param name="points">The points of the periods looked at, in order of time.</param>
    /// <param name="period">Their length in seconds.</param>
    /// <param name="now">When it is evaluated.</param>
    public Evaluation(PutMetricAlarmInput alarm, IReadOnlyList<MathPoint> points, int period, DateTimeOffset now)
    {
        (_alarm, _period, _now) = (alarm, period, now);
        _points = [.. points.Skip(points.Count - Periods)];
        Missing = Periods - _points.Count;
        Breaching = _points.Count(point => Breaches(point.Value));
        Value = Decide();
    }

    /// <summary>The state to be in; null to stay in the present one.</summary>
    public string? Value { get; }

    private int Periods => _alarm.EvaluationPeriods!.Value;

    private int Needed => _alarm.DatapointsToAlarm ?? Periods;

    private int Breaching { get; }

    private int Missing { get; }

    private string Treat => _alarm.TreatMissingData ?? "missing";

    /// <summary>The sentence that tells why.</summary>
    public string Reason()
    {
        if (_points.Count == 0)
        {
            return Value == StateValue.InsufficientData
                ? $"Insufficient Data: {Count(Missing, "datapoint")} {(Missing == 1 ? "was" : "were")} unknown."
                : $"Threshold Crossed: no datapoints were received for {Count(Periods, "period")} and {Filled}.";
        }

        // Told are the points that agree with the state.
        var alarm = Value == StateValue.Alarm;
        var told = _points.Where(point => Breaches(point.Value) == alarm).Reverse().ToList();
        told = told.Count == 0 ? [.. _points.Reverse()] : told;
        var points = string.Join(", ", told.Select(point =>
            $"{AlarmText.Number(point.Value)} ({AlarmText.Short(DateTimeOffset.FromUnixTimeSeconds(point.Second))})"));
        var many = told.Count > 1;
        var count = _alarm.DatapointsToAlarm is null
            ? Count(told.Count, "datapoint")
            : $"{told.Count} out of the last {Count(Periods, "datapoint")}";
        var filled = Missing > 0 && Treat is "breaching" or "notBreaching" ? $" and {Filled}" : "";
        var change = alarm ? "OK -> ALARM" : "ALARM -> OK";
        var needed = alarm ? Needed : Periods - Needed + 1;
        var minimum = _alarm.DatapointsToAlarm is null ? "" : $" (minimum {Count(needed, "datapoint")} for {change} transition)";
        return $"Threshold Crossed: {count} [{points}] {(many ? "were" : "was")} {(alarm ? "" : "not ")}{Comparison} the threshold "
            + $"({AlarmText.Number(_alarm.Threshold!.Value)}){filled}{minimum}.";
    }

    public string Data() => AlarmText.Json(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("queryDate", AlarmText.Time(_now));
        if (_points.Count > 0)
        {
            json.WriteString("startDate", AlarmText.Time(DateTimeOffset.FromUnixTimeSeconds(_points[0].Second)));
        }

        if (_alarm.Unit is not null)
        {
            json.WriteString("unit", _alarm.Unit);
        }

        if ((_alarm.Statistic ?? _alarm.ExtendedStatistic) is { } statistic)
        {
            json.WriteString("statistic", statistic);
        }

        json.WriteNumber("period", _period);
        json.WriteStartArray("recentDatapoints");
        foreach (var point in _points)
        {
            json.WriteRawValue(AlarmText.Number(point.Value));
        }

        json.WriteEndArray();
        json.WritePropertyName("threshold");
        json.WriteRawValue(AlarmText.Number(_alarm.Threshold!.Value));
        json.WriteStartArray("evaluatedDatapoints");
        foreach (var point in _points.Reverse())
        {
            json.WriteStartObject();
            json.WriteString("timestamp", AlarmText.Time(DateTimeOffset.FromUnixTimeSeconds(point.Second)));
            json.WritePropertyName("value");
            json.WriteRawValue(AlarmText.Number(point.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>
    /// How many values a percentile needs to mean something.
    /// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html"/>
    /// </summary>
    public static double NeededSamples(MetricStatistic statistic)
    {
        var part = (statistic.Lower ?? 50) / 100;
        return part >= 0.5 ? 10 / (1 - part) : 10 / part;
    }

    private string? Decide()
    {
        if (Breaching >= Needed)
        {
            return StateValue.Alarm;
        }

        return Missing == 0 ? StateValue.Ok : Treat switch
        {
            "breaching" => Breaching + Missing >= Needed ? StateValue.Alarm : StateValue.Ok,
            "notBreaching" => StateValue.Ok,
            _ when _points.Count > Breaching => StateValue.Ok,
            "ignore" => null,
            _ => _points.Count > 0 ? StateValue.Alarm : StateValue.InsufficientData,
        };
    }

    private bool Breaches(double value) => _alarm.ComparisonOperator switch
    {
        ComparisonOperator.GreaterThanOrEqualToThreshold => value >= _alarm.Threshold,
        ComparisonOperator.GreaterThanThreshold => value > _alarm.Threshold,
        ComparisonOperator.LessThanThreshold => value < _alarm.Threshold,
        _ => value <= _alarm.Threshold,
    };

    private string Comparison => _alarm.ComparisonOperator switch
    {
        ComparisonOperator.GreaterThanOrEqualToThreshold => "greater than or equal to",
        ComparisonOperator.GreaterThanThreshold => "greater than",
        ComparisonOperator.LessThanThreshold => "less than",
        _ => "less than or equal to",
    };

    private string Filled =>
        $"{Count(Missing, "missing datapoint")} {(Missing == 1 ? "was" : "were")} treated as [{(Treat == "breaching" ? "Breaching" : "NonBreaching")}]";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
