using Haneul.AutoScaling.Schedules;
using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Dashboards;
using Haneul.CloudWatch.Expressions;
using Haneul.CloudWatch.Metrics;
using Haneul.CloudWatch.Queries;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage.Memory;

namespace Haneul.Fuzz.Targets;

/// <summary>The languages of CloudWatch and of scheduled actions.</summary>
internal static class WatchTargets
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000);

    private static readonly QueryRunner s_runner = Runner();

    private static readonly MetricSummary s_values = Values();

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("metric-math",
            [
                "FILL(a, 0) + b * 2 ^ -1", "IF(a > 1 AND b <= 2, SUM([a, b]), RATE(a))", "SORT(METRICS('a'), AVG, DESC, 1)", "SLICE([a,b],0,1)",
                "SUM(SEARCH('{N} MetricName=\"m\" OR (x NOT y)', 'Sum', 60))", "TIME_SERIES(7.5e1) - PERIOD(a)",
            ],
            ["(", ")", "[", "]", ",", "'", "\"", "FILL", "REPEAT", "LINEAR", "METRICS()", "SEARCH(", "AND", "||", "^", "-", "1e308", "999999999999", "a", "b"],
            Evaluate, typeof(MathException)),
        FuzzTarget.OfText("metric-search", ["{N,a} MetricName=\"m\" AND (b OR c) NOT d", "Dimension.a=(x OR y)"],
            ["{", "}", "(", ")", "=", "\"", "AND", "OR", "NOT", ","],
            text => SearchExpression.Parse(text).Matches(MetricId.Of("N", "m", [new MetricDimension("a", "xY-z")])), typeof(MathException)),
        FuzzTarget.OfText("alarm-rule", ["ALARM(a) AND NOT (OK(\"b c\") OR FALSE)", "INSUFFICIENT_DATA(arn:aws:cloudwatch:us-east-1:000000000000:alarm:a)"],
            ["(", ")", "\"", "AND", "OR", "NOT", "TRUE", "ALARM(", "AT_LEAST"],
            text => AlarmRule.Parse(text).Holds(static name => name == "a" ? StateValue.Alarm : null), typeof(FormatException)),
        FuzzTarget.OfText("statistic", ["p99.9", "tm90", "TM(10%:90%)", "PR(:300)", "WM(1:)", "IQM"], ["(", ")", ":", "%", "p", "tc", "-", "1e9"],
            text => MetricStatistic.TryParse(text)?.Of(s_values)),
        FuzzTarget.OfText("dashboard", ["""{"widgets":[{"type":"metric","x":0,"width":6,"properties":{"metrics":[["N","m"]],"region":"r"}}]}"""],
            ["{", "}", "[", "]", "null", "1e9", "\"type\":\"log\","], text => DashboardRules.Check(text)),
        FuzzTarget.OfText("schedule", ["at(2025-06-15T12:00:00)", "rate(5 minutes)", "cron(0/20 8-9 ? JUL,AUG MON#2 2025-2030)", "cron(0 0 LW 2/3 ? *)"],
            ["?", "*", "L", "W", "#", "/", "-", ",", "2199", "cron(", "rate("],
            text => Schedule.Parse(text, "Europe/Berlin").Next(s_now, s_now), typeof(FormatException)),
    ];

    private static void Evaluate(string text)
    {
        MetricDataQuery[] queries =
        [
            new() { Id = "e", Expression = text },
            new() { Id = "a", ReturnData = false, MetricStat = Stat("a") },
            new() { Id = "b", ReturnData = false, MetricStat = Stat("b") },
        ];
        s_runner.Run(AccountId.Default, Region.Default, queries, s_now - TimeSpan.FromHours(1), s_now, s_now);
    }

    private static MetricStat Stat(string name) => new() { Metric = new Metric { Namespace = "N", MetricName = name }, Period = 60, Stat = "Sum" };

    private static QueryRunner Runner()
    {
        var table = new MetricTable(MemoryStore.Create(), TimeProvider.System);
        foreach (var name in (string[])["a", "b"])
        {
            var data = Enumerable.Range(1, 30).Select(minute => new Integration.Metrics.MetricDatum(
                name, [], s_now - TimeSpan.FromMinutes(minute), MetricUnit.None, MetricSummary.Of(minute % 7)));
            table.PutAsync(AccountId.Default, Region.Default, "N", [.. data]).AsTask().GetAwaiter().GetResult();
        }

        return new QueryRunner(table);
    }

    private static MetricSummary Values()
    {
        var values = new MetricSummary(distribution: true);
        for (var i = -50; i < 50; i++)
        {
            values.Add(i / 3d);
        }

        return values;
    }
}
