using System.Globalization;
using System.Text.Json;

namespace Haneul.CloudWatch.Tests;

/// <summary>Expressions over metrics: a has 1, 2, nothing, 4 in four minutes, b has 10, 20, 30, nothing.</summary>
public sealed class MathTests : CloudWatchFixture
{
    private const long Start = 1_749_999_600;
    private const long End = Start + 240;

    [Theory]
    [InlineData("a + b", "11 22")]
    [InlineData("(a + 1) * 2 ^ 2 - -a", "9 14 24")]
    [InlineData("b / a", "10 10")]
    [InlineData("a / 0", "")]
    [InlineData("a > 1", "0 1 1")]
    [InlineData("a >= 2 AND b == 20 || a < 0", "0 1")]
    [InlineData("FILL(a, 0)", "1 2 0 4")]
    [InlineData("FILL(a, REPEAT)", "1 2 2 4")]
    [InlineData("FILL(a, LINEAR)", "1 2 3 4")]
    [InlineData("FILL(a, b)", "1 2 30 4")]
    [InlineData("SUM([a, b])", "11 22 30 4")]
    [InlineData("SUM(METRICS())", "11 22 30 4")]
    [InlineData("MAX(METRICS('b'))", "10 20 30")]
    [InlineData("a + AVG(b)", "21 22 24")]
    [InlineData("STDDEV([a, b])", "4.5 9 0 0")]
    [InlineData("IF(a > 1, a, 100)", "100 2 4")]
    [InlineData("IF(a > 1, b)", "20")]
    [InlineData("DIFF(a)", "1 2")]
    [InlineData("DIFF_TIME(a)", "60 120")]
    [InlineData("RATE(b)", "0.1666666667 0.1666666667")]
    [InlineData("RUNNING_SUM(b)", "10 30 60")]
    [InlineData("TIME_SERIES(7)", "7 7 7 7")]
    [InlineData("a * 0 + PERIOD(a)", "60 60 60")]
    [InlineData("CEIL(a / 3) + FLOOR(a / 3) + ABS(-a)", "2 3 7")]
    [InlineData("SLICE(SORT([a, b], SUM, DESC), 0, 1)", "10 20 30")]
    [InlineData("SORT([a, b], MAX, ASC, 1)", "1 2 4")]
    [InlineData("LOG10(b) * LOG(a)", "0 0.9018052733")]
    [InlineData("MINUTE(a)", "0 1 3")]
    [InlineData("HOUR(a) + DAY(a) + MONTH(a) + YEAR(a) + DATE(a)", "2068 2068 2068")]
    [InlineData("a * 0 + METRIC_COUNT(REMOVE_EMPTY([a, b, c])) + DATAPOINT_COUNT(b)", "5 5 5")]
    [InlineData("FIRST(METRICS()) + LAST(a)", "5 6 8")]
    [InlineData("SEARCH('{N} MetricName=\"a\"', 'Sum', 60)", "1 2 4")]
    [InlineData("SUM(SEARCH('{N} a OR b', 'Sum', 60))", "11 22 30 4")]
    [InlineData("SEARCH('N NOT b', 'Sum', 60)", "1 2 4")]
    public async Task Expressions_are_evaluated(string expression, string expected)
    {
        await FillAsync();
        var values = await QueryAsync($"{Query(expression)},{Stat("a", "Sum", "a")},{Stat("b", "Sum", "b")},{Stat("c", "Sum", "c")}", Start, End);
        Assert.Equal(expected, string.Join(' ', values.Select(value => Math.Round(value, 10).ToString(CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("a +", "Error in expression 'e': Unexpected end of the expression.")]
    [InlineData("a + x", "Error in expression 'e': Unknown identifier 'x'.")]
    [InlineData("NOPE(a)", "Error in expression 'e': Unknown function 'NOPE'.")]
    [InlineData("e + 1", "Error in expression 'e': the expression refers to itself.")]
    [InlineData("1 + 2", "Error in expression 'e': the result must be a time series or an array of time series.")]
    [InlineData("[a, b] + [a, b]", "Error in expression 'e': Operations between two arrays of time series are not supported.")]
    [InlineData("ANOMALY_DETECTION_BAND(a)", "Error in expression 'e': Haneul does not support the function ANOMALY_DETECTION_BAND yet.")]
    [InlineData("SELECT AVG(a) FROM N", "Haneul does not support Metrics Insights queries in MetricDataQueries.member.1.Expression yet.")]
    public async Task What_makes_no_sense_is_refused(string expression, string message)
    {
        var (status, body) = await SendAsync(
            "GetMetricData", $$"""{"StartTime":{{Start}},"EndTime":{{End}},"MetricDataQueries":[{{Query(expression)}},{{Stat("a", "Sum", "a")}},{{Stat("b", "Sum", "b")}}]}""");
        Assert.Equal(400, status);
        Assert.EndsWith("#ValidationException", body.GetProperty("__type").GetString(), StringComparison.Ordinal);
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Nesting_has_a_bound()
    {
        foreach (var expression in new[] { new string('(', 1000) + "a", new string('-', 1500) + "a", "SEARCH('" + new string('(', 500) + "', 'Sum')" })
        {
            var (status, body) = await SendAsync("GetMetricData", $$"""{"StartTime":{{Start}},"EndTime":{{End}},"MetricDataQueries":[{{Query(expression)}}]}""");
            Assert.Equal(400, status);
            Assert.Contains("nested too deeply", body.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Points_come_in_pages()
    {
        await FillAsync();
        var seen = new List<string>();
        string? token = null;
        do
        {
            var next = token is null ? "" : $",\"NextToken\":\"{token}\"";
            var page = await CallAsync(
                "GetMetricData",
                $$"""{"StartTime":{{Start}},"EndTime":{{End}},"MaxDatapoints":2{{next}},"MetricDataQueries":[{{Stat("a", "Sum", "a", data: true)}},{{Stat("b", "Sum", "b", data: true)}}]}""");
            seen.AddRange(page.GetProperty("MetricDataResults").EnumerateArray().Select(result =>
                $"{result.GetProperty("Id")} {result.GetProperty("StatusCode")} {string.Join('/', result.GetProperty("Values").EnumerateArray())}"));
            token = page.TryGetProperty("NextToken", out var more) ? more.GetString() : null;
        }
        while (token is not null);
        Assert.Equal(["a PartialData 4/2", "a Complete 1", "b PartialData 30", "b Complete 20/10"], seen);
    }

    [Fact]
    public async Task Labels_tell_results_apart_and_show_values()
    {
        await FillAsync();
        var labelled = Stat("m", "Maximum", "b", data: true).Replace("\"ReturnData\"", "\"Label\":\"${PROP('MetricName')}: ${MAX} of ${LABEL} ${UNKNOWN}\",\"ReturnData\"", StringComparison.Ordinal);
        var answer = await CallAsync(
            "GetMetricData",
            $$"""{"StartTime":{{Start}},"EndTime":{{End}},"MetricDataQueries":[{{Stat("a", "Sum", "a", data: true)}},{{Stat("b", "Sum", "b", data: true)}},{{labelled}},{"Id":"e","Expression":"a+1"}]}""");
        Assert.Equal(
            ["a", "b Sum", "b: 30 of b Maximum ${UNKNOWN}", "e"],
            answer.GetProperty("MetricDataResults").EnumerateArray().Select(result => result.GetProperty("Label").GetString()));
        Assert.Equal(JsonValueKind.Array, answer.GetProperty("Messages").ValueKind);
    }

    private async Task FillAsync()
    {
        foreach (var (name, minute, value) in new[] { ("a", 0, 1), ("a", 1, 2), ("a", 3, 4), ("b", 0, 10), ("b", 1, 20), ("b", 2, 30) })
        {
            await PutAsync([value], Start + (minute * 60), name);
        }
    }

    private static string Query(string expression) => $$"""{"Id":"e","Expression":{{JsonSerializer.Serialize(expression)}}}""";
}
