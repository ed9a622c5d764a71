using System.Globalization;
using System.Text;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using MetricDatum = Haneul.CloudWatch.Contracts.MetricDatum;

namespace Haneul.CloudWatch.Metrics;

/// <summary>What a datum may hold, in the order in which AWS looks.</summary>
internal static class DatumRules
{
    private const int MaxValues = 150;

    // Values lie between -2^360 and 2^360.
    private static readonly double s_largest = Math.Pow(2, 360);
    private static readonly TimeSpan s_past = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_ahead = TimeSpan.FromHours(2);

    public static ServiceError? Check(MetricDatum datum, string path, DateTimeOffset now) =>
        CheckForm(datum, path) ?? CheckNumbers(datum, path) ?? CheckTime(datum, path, now) ?? CheckDimensions(datum, path);

    public static MetricSummary Summary(MetricDatum datum)
    {
        if (datum.StatisticValues is { } set)
        {
            return new MetricSummary(set.SampleCount!.Value, set.Sum!.Value, set.Minimum!.Value, set.Maximum!.Value);
        }

        var summary = new MetricSummary(distribution: true);
        if (datum.Value is { } value)
        {
            summary.Add(value);
        }

        for (var i = 0; i < (datum.Values?.Count ?? 0); i++)
        {
            if (datum.Counts?[i] is not 0)
            {
                summary.Add(datum.Values![i], datum.Counts?[i] ?? 1);
            }
        }

        return summary;
    }

    private static ServiceError? CheckForm(MetricDatum datum, string path)
    {
        var values = datum.Values is { Count: > 0 };
        if (datum.Value is not null && values)
        {
            return Exclusive(path, "Value", "Values");
        }

        if (datum.Value is not null && datum.StatisticValues is not null)
        {
            return Exclusive(path, "Value", "StatisticValues");
        }

        if (values && datum.StatisticValues is not null)
        {
            return Exclusive(path, "Values", "StatisticValues");
        }

        if (datum.Value is null && !values && datum.StatisticValues is null)
        {
            return CloudWatchFaults.Missing($"At least one of the parameters {path}.Value, {path}.Values or {path}.StatisticValues must be specified.");
        }

        if (datum.Values?.Count > MaxValues)
        {
            return CloudWatchFaults.Value($"The collection {path}.Values must not have a size greater than {MaxValues}.");
        }

        return datum.Counts is { Count: > 0 } counts && counts.Count != (datum.Values?.Count ?? 0)
            ? CloudWatchFaults.Value($"The parameters {path}.Values and {path}.Counts must be of the same size.")
            : null;
    }

    private static ServiceError? CheckNumbers(MetricDatum datum, string path)
    {
        if (datum.Value is { } value && !IsValue(value))
        {
            return Invalid(value, path + ".Value");
        }

        for (var i = 0; i < (datum.Values?.Count ?? 0); i++)
        {
            if (!IsValue(datum.Values![i]))
            {
                return Invalid(datum.Values[i], $"{path}.Values.member.{i + 1}");
            }

            if (datum.Counts is { Count: > 0 } counts && (!IsValue(counts[i]) || counts[i] < 0))
            {
                return Invalid(counts[i], $"{path}.Counts.member.{i + 1}");
            }
        }

        if (datum.StatisticValues is { } set)
        {
            (string, double)[] numbers =
                [("SampleCount", set.SampleCount!.Value), ("Sum", set.Sum!.Value), ("Minimum", set.Minimum!.Value), ("Maximum", set.Maximum!.Value)];
            foreach (var (name, number) in numbers)
            {
                if (!IsValue(number))
                {
                    return Invalid(number, $"{path}.StatisticValues.{name}");
                }
            }

            if (set.SampleCount <= 0)
            {
                return CloudWatchFaults.Value($"The parameter {path}.StatisticValues.SampleCount must be greater than 0.");
            }

            if (set.Minimum > set.Maximum)
            {
                return CloudWatchFaults.Combination(
                    $"The parameter {path}.StatisticValues.Maximum must be greater than {path}.StatisticValues.Minimum.");
            }
        }

        return datum.StorageResolution is null or 1 or 60
            ? null
            : CloudWatchFaults.Value($"The parameter {path}.StorageResolution must be 1 or 60.");
    }

    private static ServiceError? CheckTime(MetricDatum datum, string path, DateTimeOffset now)
    {
        if (datum.Timestamp < now - s_past)
        {
            return CloudWatchFaults.Value($"The parameter {path}.Timestamp must specify a time within the past two weeks.");
        }

        return datum.Timestamp > now + s_ahead
            ? CloudWatchFaults.Value($"The parameter {path}.Timestamp must specify a time no more than two hours in the future.")
            : null;
    }

    private static ServiceError? CheckDimensions(MetricDatum datum, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (datum.Dimensions?.Count ?? 0); i++)
        {
            var (name, value) = (datum.Dimensions![i].Name, datum.Dimensions[i].Value);
            if (string.IsNullOrWhiteSpace(name) || !Ascii.IsValid(name) || name[0] == ':')
            {
                return CloudWatchFaults.Value($"The value {name} for parameter {path}.Dimensions.member.{i + 1}.Name is invalid.");
            }

            if (string.IsNullOrWhiteSpace(value) || !Ascii.IsValid(value))
            {
                return CloudWatchFaults.Value($"The value {value} for parameter {path}.Dimensions.member.{i + 1}.Value is invalid.");
            }

            if (!names.Add(name))
            {
                return CloudWatchFaults.Value($"The parameter {path}.Dimensions must not have two dimensions with the name {name}.");
            }
        }

        return null;
    }

    private static bool IsValue(double value) => Math.Abs(value) <= s_largest;

    private static ServiceError Invalid(double value, string parameter) =>
        CloudWatchFaults.Value($"The value {Text(value)} for parameter {parameter} is invalid.");

    private static string Text(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture);

    private static ServiceError Exclusive(string path, string first, string second) => CloudWatchFaults.Combination(
        $"The parameters {path}.{first} and {path}.{second} are mutually exclusive and you have specified both.");
}
