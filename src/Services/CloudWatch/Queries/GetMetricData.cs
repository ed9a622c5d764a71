using System.Globalization;
using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Expressions;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.CloudWatch.Queries;

/// <summary>
/// Reads up to 500 metrics and expressions over them, at most 100,800 points a page.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"/>
/// </summary>
internal sealed class GetMetricData(QueryRunner runner) : IHandler<GetMetricDataInput, GetMetricDataOutput>
{
    private const int MaxQueries = 500;
    private const int MaxPoints = 100_800;

    public ValueTask<Outcome<GetMetricDataOutput>> HandleAsync(GetMetricDataInput input, CallContext context, CancellationToken cancel)
    {
        if (Check(input, context, out var zone, out var skip) is { } error)
        {
            return new(error);
        }

        try
        {
            var results = runner.Run(
                context.Account, context.Region, input.MetricDataQueries, input.StartTime!.Value, input.EndTime!.Value, context.Time);
            return new(Page(Results(results, context, zone), input, skip));
        }
        catch (MathException exception)
        {
            return new(CloudWatchFaults.Validation(exception.Message));
        }
    }

    private static ServiceError? Check(GetMetricDataInput input, CallContext context, out TimeSpan zone, out int skip)
    {
        zone = default;
        skip = 0;
        if (input.MetricDataQueries.Count > MaxQueries)
        {
            return CloudWatchFaults.Validation($"The collection MetricDataQueries must not have a size greater than {MaxQueries}.");
        }

        if (input.StartTime == input.EndTime)
        {
            return CloudWatchFaults.Validation("The parameter StartTime must not equal parameter EndTime.");
        }

        if (input.StartTime > input.EndTime)
        {
            return CloudWatchFaults.Validation("The parameter EndTime must be greater than StartTime.");
        }

        if (input.MaxDatapoints is < 1 or > MaxPoints)
        {
            return CloudWatchFaults.Validation($"The parameter MaxDatapoints must be between 1 and {MaxPoints}.");
        }

        if (input.LabelOptions?.Timezone is { } text && !TryZone(text, out zone))
        {
            return CloudWatchFaults.Validation($"The value {text} for parameter LabelOptions.Timezone is invalid.");
        }

        if (input.NextToken is { } token
            && !(PageToken.DecodeText(token) is { } position && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out skip)))
        {
            return CloudWatchErrors.InvalidNextToken.With("Request parameter NextToken is invalid");
        }

        return QueryRules.Check(input.MetricDataQueries, context, "MetricDataQueries");
    }

    // Offsets such as +0130.
    private static bool TryZone(string text, out TimeSpan zone)
    {
        zone = default;
        if (text.Length != 5 || text[0] is not ('+' or '-') || text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        zone = new TimeSpan(int.Parse(text.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(3), CultureInfo.InvariantCulture), 0);
        zone = text[0] == '-' ? -zone : zone;
        return zone.Duration() <= TimeSpan.FromHours(14);
    }

    private static List<(string Id, string Label, TimeSeries Series)> Results(IReadOnlyList<QueryResult> results, CallContext context, TimeSpan zone)
    {
        var returned = results.Where(result => result.Query.ReturnData != false).ToList();
        var read = returned.Where(result => result.Query.MetricStat is not null).Select(result => result.Series[0]).ToList();
        var defaults = read.Zip(DefaultLabels.Of(read)).ToDictionary(pair => pair.First.Id!, pair => pair.Second);
        var all = new List<(string, string, TimeSeries)>();
        foreach (var (query, series) in returned)
        {
            foreach (var one in series)
            {
                // An expression's single result has its id; several have the names of what they were made of.
                var given = query.MetricStat is not null ? defaults[query.Id] : series.Count == 1 || one.Label.Length == 0 ? query.Id : one.Label;
                var label = query.Label is null ? given
                    : query.Label.Contains("${", StringComparison.Ordinal) || series.Count == 1
                        ? DynamicLabel.Of(query.Label, one with { Label = given }, context, zone)
                    : query.Label + " " + given;
                all.Add((query.Id, label, one));
            }
        }

        return all;
    }

    // Pages cut the points of all results as if they stood in one row.
    private static GetMetricDataOutput Page(List<(string Id, string Label, TimeSeries Series)> results, GetMetricDataInput input, int skip)
    {
        var left = input.MaxDatapoints ?? MaxPoints;
        var (position, page) = (0, new List<MetricDataResult>());
        string? next = null;
        foreach (var (id, label, series) in results)
        {
            var points = input.ScanBy == ScanBy.TimestampAscending ? series.Points : [.. series.Points.Reverse()];
            var seen = Math.Clamp(skip - position, 0, points.Count);
            position += points.Count;
            if (seen > 0 && seen == points.Count)
            {
                continue;
            }

            if (left == 0 && points.Count > 0)
            {
                next ??= Token(position - points.Count);
                break;
            }

            var taken = points.Skip(seen).Take(left).ToList();
            left -= taken.Count;
            var complete = seen + taken.Count == points.Count;
            next = complete ? next : Token(position - points.Count + seen + taken.Count);
            page.Add(new MetricDataResult
            {
                Id = id,
                Label = label,
                Timestamps = [.. taken.Select(point => DateTimeOffset.FromUnixTimeSeconds(point.Second))],
                Values = [.. taken.Select(point => point.Value)],
                StatusCode = complete ? StatusCode.Complete : StatusCode.PartialData,
                Messages = series.Units.Count > 0
                    ? [new MessageData { Code = "MultipleUnits", Value = $"Multiple units returned: '[{string.Join(", ", series.Units)}]'" }]
                    : null,
            });
            if (!complete)
            {
                break;
            }
        }

        return new GetMetricDataOutput { MetricDataResults = page, NextToken = next, Messages = [] };
    }

    private static string Token(int position) => PageToken.Encode(position.ToString(CultureInfo.InvariantCulture));
}
