using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Expressions;
using Haneul.CloudWatch.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Queries;

/// <summary>Answers lists of queries: reads metrics and evaluates expressions over them.</summary>
internal sealed class QueryRunner(MetricTable metrics)
{
    // What a query may make of itself by its period and times.
    private const int MaxPeriods = 1_000_000;
    private const int MaxSearchResults = 500;

    /// <exception cref="MathException">An expression does not make sense; the message names its query.</exception>
    public IReadOnlyList<QueryResult> Run(
        AccountId account, Region region, IReadOnlyList<MetricDataQuery> queries, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var run = new Request(metrics, account, region, queries, start, end, now);
        return [.. queries.Select(query => new QueryResult(query, run.Series(query)))];
    }

    private sealed class Request
    {
        private readonly MetricTable _metrics;
        private readonly AccountId _account;
        private readonly Region _region;
        private readonly IReadOnlyList<MetricDataQuery> _queries;
        private readonly (DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Now) _times;
        private readonly Dictionary<string, MathValue?> _values = new(StringComparer.Ordinal);
        private readonly MathEvaluator _evaluator;

        public Request(
            MetricTable metrics,
            AccountId account,
            Region region,
            IReadOnlyList<MetricDataQuery> queries,
            DateTimeOffset start,
            DateTimeOffset end,
            DateTimeOffset now)
        {
            (_metrics, _account, _region, _queries, _times) = (metrics, account, region, queries, (start, end, now));
            var period = queries.Select(query => query.MetricStat?.Period ?? query.Period ?? int.MaxValue).DefaultIfEmpty(60).Min();
            period = period == int.MaxValue ? 60 : period;
            var last = QueryTime.End(end < now ? end : now);
            var range = new MathRange(QueryTime.Start(start, period, now), last, period);
            if ((range.End - range.Start) / period > MaxPeriods)
            {
                throw new MathException("The times and the period make too many points.");
            }

            _evaluator = new MathEvaluator(Resolve, Metrics, Search, range);
        }

        public IReadOnlyList<TimeSeries> Series(MetricDataQuery query) => Resolve(query.Id) switch
        {
            ScalarValue or TextValue when query.ReturnData != false =>
                throw new MathException($"Error in expression '{query.Id}': the result must be a time series or an array of time series."),
            { } value => value.Series,
            null => [],
        };

        private MathValue? Resolve(string id)
        {
            if (_values.TryGetValue(id, out var known))
            {
                return known ?? throw new MathException($"Error in expression '{id}': the expression refers to itself.");
            }

            if (_queries.FirstOrDefault(query => query.Id == id) is not { } query)
            {
                return null;
            }

            _values[id] = null;
            if (query.MetricStat is { } stat)
            {
                var metric = MetricId.Of(stat.Metric.Namespace!, stat.Metric.MetricName!, stat.Metric.Dimensions);
                return _values[id] = new SeriesValue(Read(metric, stat.Stat, stat.Period!.Value, stat.Unit) with { Id = id });
            }

            try
            {
                return _values[id] = _evaluator.Evaluate(MathParser.Parse(query.Expression!));
            }
            catch (MathException exception) when (!exception.Message.StartsWith("Error in expression", StringComparison.Ordinal))
            {
                throw new MathException($"Error in expression '{id}': {exception.Message}");
            }
        }

        private IReadOnlyList<TimeSeries> Metrics() => [.. _queries.Where(query => query.MetricStat is not null).SelectMany(Series)];

        private IReadOnlyList<TimeSeries> Search(string expression, string stat, int? period)
        {
            if (MetricStatistic.TryParse(stat) is null)
            {
                throw new MathException($"'{stat}' is not a statistic.");
            }

            period ??= 300;
            if (!QueryTime.IsPeriod(period.Value))
            {
                throw new MathException($"{period} is not a period.");
            }

            var search = SearchExpression.Parse(expression);
            var found = _metrics.List(_account, _region, search.Namespace, after: null)
                .Where(series => search.Matches(series.Metric))
                .Select(series => Read(series.Metric, stat, period.Value, unit: null))
                .Take(MaxSearchResults)
                .ToList();
            var labels = DefaultLabels.Of(found);
            return [.. found.Select((series, i) => series with { Label = labels[i] })];
        }

        private TimeSeries Read(MetricId metric, string stat, int period, string? unit)
        {
            var statistic = MetricStatistic.TryParse(stat)!;
            var start = QueryTime.Start(_times.Start, period, _times.Now);
            var read = _metrics.Read(_account, _region, metric, start, QueryTime.End(_times.End), (uint)period, unit);
            var units = read.Keys.Select(key => key.Unit).Distinct().Order(StringComparer.Ordinal).ToList();
            var points = new List<MathPoint>(read.Count);
            foreach (var point in MetricMerge.ByTime(read))
            {
                if (statistic.Of(point.Values) is { } value)
                {
                    points.Add(new MathPoint(point.Time.ToUnixTimeSeconds(), value));
                }
            }

            return new TimeSeries(metric.Name, period, points) { Metric = metric, Stat = stat, Units = units.Count > 1 ? units : [] };
        }
    }
}

/// <param name="Query">What was asked.</param>
/// <param name="Series">One for a metric; any number for an expression.</param>
internal sealed record QueryResult(MetricDataQuery Query, IReadOnlyList<TimeSeries> Series);
