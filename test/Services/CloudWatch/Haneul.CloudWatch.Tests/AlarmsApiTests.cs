using System.Text.Json;
using Haneul.CloudWatch.Alarms;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.CloudWatch.Tests;

/// <summary>Alarms over HTTP, with the clock in the test's hand.</summary>
public sealed class AlarmsApiTests : CloudWatchFixture
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private readonly FakeFunctions _functions = new();

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IFunctions>(_functions);

    [Fact]
    public async Task An_alarm_goes_through_its_states_and_calls_its_function_once_for_each()
    {
        await PutAlarmAsync($$""","AlarmActions":["{{Function}}"],"OKActions":["{{Function}}:1"],"AlarmDescription":"d","Dimensions":[{"Name":"k","Value":"v"}]""");
        var alarm = await StateAsync("a");
        Assert.Equal("INSUFFICIENT_DATA", alarm.GetProperty("StateValue").GetString());
        Assert.Equal("Unchecked: Initial alarm creation", alarm.GetProperty("StateReason").GetString());

        await ReportAsync(21.5);
        await NextMinuteAsync();
        alarm = await StateAsync("a");
        Assert.Equal("ALARM", alarm.GetProperty("StateValue").GetString());
        Assert.Equal(
            "Threshold Crossed: 1 datapoint [21.5 (15/06/25 15:06:00)] was greater than the threshold (21.0).", alarm.GetProperty("StateReason").GetString());
        var data = JsonDocument.Parse(alarm.GetProperty("StateReasonData").GetString()!).RootElement;
        Assert.Equal("2025-06-15T15:06:00.000+0000", data.GetProperty("startDate").GetString());
        Assert.Equal(21.5, data.GetProperty("recentDatapoints")[0].GetDouble());

        var (function, told, origin) = Assert.Single(_functions.Sent);
        Assert.Equal(Function, function);
        Assert.Equal("lambda.alarms.cloudwatch.amazonaws.com", origin.Principal.Arn);
        Assert.Equal("arn:aws:cloudwatch:us-east-1:000000000000:alarm:a", origin.SourceArn);
        Assert.Equal("aws.cloudwatch", told.GetProperty("source").GetString());
        Assert.Equal("ALARM", told.GetProperty("alarmData").GetProperty("state").GetProperty("value").GetString());
        Assert.Equal("INSUFFICIENT_DATA", told.GetProperty("alarmData").GetProperty("previousState").GetProperty("value").GetString());
        var metric = told.GetProperty("alarmData").GetProperty("configuration").GetProperty("metrics")[0].GetProperty("metricStat");
        Assert.Equal("v", metric.GetProperty("metric").GetProperty("dimensions").GetProperty("k").GetString());

        await ReportAsync(3);
        await NextMinuteAsync();
        await NextMinuteAsync();
        Assert.Equal("OK", (await StateAsync("a")).GetProperty("StateValue").GetString());
        Assert.Equal([Function, Function + ":1"], _functions.Sent.Select(sent => sent.Function));

        var history = (await CallAsync("DescribeAlarmHistory", """{"AlarmName":"a"}""")).GetProperty("AlarmHistoryItems").EnumerateArray()
            .Select(item => item.GetProperty("HistorySummary").GetString());
        Assert.Equal(
            [
                $"Successfully executed action {Function}:1", "Alarm updated from ALARM to OK", $"Successfully executed action {Function}",
                "Alarm updated from INSUFFICIENT_DATA to ALARM", "Alarm \"a\" created",
            ],
            history);

        async Task ReportAsync(double value) =>
            await PutAsync([value], Time.GetUtcNow().ToUnixTimeSeconds(), more: ""","Dimensions":[{"Name":"k","Value":"v"}]""");
    }

    // The tables of the manual: points of five minutes, the newest at the right; X breaches.
    [Theory]
    [InlineData("0-X-X", 3, 3, "OK OK OK OK")]
    [InlineData("----0", 3, 3, "OK OK OK OK")]
    [InlineData("-----", 3, 3, "INSUFFICIENT_DATA same ALARM OK")]
    [InlineData("0XX-X", 3, 3, "ALARM ALARM ALARM ALARM")]
    [InlineData("--X--", 3, 3, "ALARM same ALARM OK")]
    [InlineData("0-X-X", 3, 2, "ALARM ALARM ALARM ALARM")]
    [InlineData("00X0X", 3, 2, "ALARM ALARM ALARM ALARM")]
    [InlineData("0-X--", 3, 2, "OK OK ALARM OK")]
    [InlineData("----0", 3, 2, "OK OK ALARM OK")]
    [InlineData("----X", 3, 2, "ALARM same ALARM OK")]
    public async Task Missing_points_are_treated_as_the_manual_says(string points, int periods, int needed, string expected)
    {
        var minute = Now / 60 * 60;
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] != '-')
            {
                await PutAsync([points[i] == 'X' ? 100 : 0], minute - ((5 - i) * 60));
            }
        }

        var found = new List<string>();
        foreach (var treat in (string[])["missing", "ignore", "breaching", "notBreaching"])
        {
            await PutAlarmAsync($$""","EvaluationPeriods":{{periods}},"DatapointsToAlarm":{{needed}},"TreatMissingData":"{{treat}}" """, treat);

            // A state that the evaluation may keep is none of those that it decides on.
            await EvaluateAsync();
            var value = (await StateAsync(treat)).GetProperty("StateValue").GetString()!;
            found.Add(treat == "ignore" && value == "INSUFFICIENT_DATA" ? "same" : value);
        }

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task Reasons_tell_what_was_missing()
    {
        await PutAlarmAsync(""","EvaluationPeriods":2,"TreatMissingData":"breaching" """);
        await EvaluateAsync();
        Assert.Equal(
            "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].",
            (await StateAsync("a")).GetProperty("StateReason").GetString());
        await PutAsync([1], Now / 60 * 60 - 60, "n");
        await PutAsync([30], Now / 60 * 60 - 120, "n");
        await PutAlarmAsync(""","EvaluationPeriods":2,"DatapointsToAlarm":1,"MetricName":"n" """, "b");
        await EvaluateAsync();
        Assert.Equal(
            "Threshold Crossed: 1 out of the last 2 datapoints [30.0 (15/06/25 15:04:00)] was greater than the threshold (21.0) (minimum 1 datapoint for OK -> ALARM transition).",
            (await StateAsync("b")).GetProperty("StateReason").GetString());
    }

    [Fact]
    public async Task Expressions_and_percentiles_are_watched()
    {
        await PutAsync([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], Now - 60);
        await CallAsync(
            "PutMetricAlarm",
            $$"""{"AlarmName":"e","ComparisonOperator":"GreaterThanThreshold","EvaluationPeriods":1,"Threshold":14,"Metrics":[{{Stat("m1", "Average")}},{"Id":"e1","Expression":"m1 * 1"}]}""");
        await CallAsync(
            "PutMetricAlarm",
            """{"AlarmName":"p","ComparisonOperator":"GreaterThanThreshold","EvaluationPeriods":1,"Threshold":50,"Namespace":"N","MetricName":"m","Period":60,"ExtendedStatistic":"p90"}""");
        await CallAsync(
            "PutMetricAlarm",
            """{"AlarmName":"q","ComparisonOperator":"GreaterThanThreshold","EvaluationPeriods":1,"Threshold":5,"Namespace":"N","MetricName":"m","Period":60,"ExtendedStatistic":"p90","EvaluateLowSampleCountPercentile":"ignore"}""");
        await EvaluateAsync();
        Assert.Equal("ALARM", (await StateAsync("e")).GetProperty("StateValue").GetString());
        Assert.Equal("OK", (await StateAsync("p")).GetProperty("StateValue").GetString());
        Assert.Equal("INSUFFICIENT_DATA", (await StateAsync("q")).GetProperty("StateValue").GetString());
    }

    [Fact]
    public async Task Alarms_of_ten_seconds_are_evaluated_every_ten_seconds()
    {
        await PutAlarmAsync(""","Period":10 """);
        await PutAsync([50], Now, more: ""","StorageResolution":1""");
        await EvaluateAsync();
        Assert.Equal("INSUFFICIENT_DATA", (await StateAsync("a")).GetProperty("StateValue").GetString());
        Time.Advance(TimeSpan.FromSeconds(10));
        await EvaluateAsync();
        Assert.Equal("ALARM", (await StateAsync("a")).GetProperty("StateValue").GetString());
    }

    [Fact]
    public async Task A_set_state_lasts_until_the_next_evaluation_and_an_update_keeps_it()
    {
        await PutAlarmAsync($$""","AlarmActions":["{{Function}}"],"TreatMissingData":"notBreaching" """);
        await CallAsync("SetAlarmState", """{"AlarmName":"a","StateValue":"ALARM","StateReason":"testing alarm"}""");
        await EvaluateAsync();
        Assert.Equal("testing alarm", Assert.Single(_functions.Sent).Event.GetProperty("alarmData").GetProperty("state").GetProperty("reason").GetString());
        await PutAlarmAsync($$""","AlarmActions":["{{Function}}"],"TreatMissingData":"ignore","Threshold":5""");
        Assert.Equal("ALARM", (await StateAsync("a")).GetProperty("StateValue").GetString());
        await PutAlarmAsync(""","TreatMissingData":"notBreaching" """);
        await NextMinuteAsync();
        Assert.Equal("OK", (await StateAsync("a")).GetProperty("StateValue").GetString());
        var (status, body) = await SendAsync("SetAlarmState", """{"AlarmName":"no","StateValue":"ALARM","StateReason":"r"}""");
        Assert.Equal((404, "com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound"), (status, body.GetProperty("__type").GetString()));
    }

    [Fact]
    public async Task Actions_can_be_turned_off_and_their_failures_are_remembered()
    {
        await PutAlarmAsync($$""","AlarmActions":["{{Function}}"] """);
        await CallAsync("DisableAlarmActions", """{"AlarmNames":["a","no"]}""");
        Assert.False((await StateAsync("a")).GetProperty("ActionsEnabled").GetBoolean());
        await SetAsync("a", "ALARM");
        Assert.Empty(_functions.Sent);
        await SetAsync("a", "OK");
        await CallAsync("EnableAlarmActions", """{"AlarmNames":["a"]}""");
        _functions.Error = CommonErrors.AccessDeniedException.With("no");
        await SetAsync("a", "ALARM");
        Assert.Single(_functions.Sent);
        var action = (await CallAsync("DescribeAlarmHistory", """{"HistoryItemType":"Action"}""")).GetProperty("AlarmHistoryItems")[0];
        Assert.Equal($"Failed to execute action {Function}. Received error: \"no\"", action.GetProperty("HistorySummary").GetString());
    }

    [Fact]
    public async Task Composite_alarms_follow_their_rule()
    {
        await PutAlarmAsync("", "x");
        await PutAlarmAsync("", "y y");
        await CallAsync(
            "PutCompositeAlarm",
            $$"""{"AlarmName":"c","AlarmRule":"ALARM(\"arn:aws:cloudwatch:us-east-1:000000000000:alarm:x\") AND NOT (OK(\"y y\") OR FALSE)","AlarmActions":["{{Function}}"]}""");
        await CallAsync("PutCompositeAlarm", """{"AlarmName":"d","AlarmRule":"ALARM(c)"}""");
        await EvaluateAsync();
        Assert.Equal("OK OK", await StatesAsync());
        await SetAsync("x", "ALARM");
        Assert.Equal("ALARM ALARM", await StatesAsync());
        var composite = (await CallAsync("DescribeAlarms", """{"AlarmTypes":["CompositeAlarm"],"AlarmNames":["c"]}""")).GetProperty("CompositeAlarms")[0];
        Assert.Equal(
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:x transitioned to ALARM at Sunday 15 June, 2025 15:06:40 UTC",
            composite.GetProperty("StateReason").GetString());
        Assert.Equal(
            "ALARM",
            JsonDocument.Parse(composite.GetProperty("StateReasonData").GetString()!).RootElement
                .GetProperty("triggeringAlarms")[0].GetProperty("state").GetProperty("value").GetString());
        Assert.Equal("c", Assert.Single(_functions.Sent).Event.GetProperty("alarmData").GetProperty("alarmName").GetString());
        await SetAsync("y y", "OK");
        Assert.Equal("OK OK", await StatesAsync());

        Assert.Equal(["x", "y y"], await NamesAsync("""{"ChildrenOfAlarmName":"c"}""", "MetricAlarms"));
        Assert.Equal(["d"], await NamesAsync("""{"ParentsOfAlarmName":"c"}""", "CompositeAlarms"));
        var (_, refused) = await SendAsync("DeleteAlarms", """{"AlarmNames":["x"]}""");
        Assert.Equal("Cannot delete x as there are composite alarm(s) depending on it.", refused.GetProperty("message").GetString());
        await CallAsync("DeleteAlarms", """{"AlarmNames":["d"]}""");
        await CallAsync("DeleteAlarms", """{"AlarmNames":["c","x"]}""");
        Assert.Equal(["y y"], await NamesAsync("{}", "MetricAlarms"));

        async Task<string> StatesAsync() => string.Join(' ', (await CallAsync("DescribeAlarms", """{"AlarmTypes":["CompositeAlarm"]}"""))
            .GetProperty("CompositeAlarms").EnumerateArray().Select(alarm => alarm.GetProperty("StateValue").GetString()));
    }

    [Fact]
    public async Task A_suppressor_holds_actions_back()
    {
        await PutAlarmAsync(""","TreatMissingData":"ignore" """, "x");
        await PutAlarmAsync(""","TreatMissingData":"ignore" """, "s");
        await CallAsync(
            "PutCompositeAlarm",
            $$"""{"AlarmName":"c","AlarmRule":"ALARM(x)","AlarmActions":["{{Function}}"],"ActionsSuppressor":"s","ActionsSuppressorWaitPeriod":60,"ActionsSuppressorExtensionPeriod":120}""");
        await SetAsync("x", "ALARM");
        Assert.Equal("WaitPeriod", await SuppressedByAsync());
        await SetAsync("s", "ALARM");
        await NextMinuteAsync();
        await NextMinuteAsync();
        Assert.Equal("Alarm", await SuppressedByAsync());
        await SetAsync("s", "OK");
        Assert.Equal("ExtensionPeriod", await SuppressedByAsync());
        Assert.Empty(_functions.Sent);
        await NextMinuteAsync();
        await NextMinuteAsync();
        Assert.Null(await SuppressedByAsync());
        Assert.Single(_functions.Sent);

        async Task<string?> SuppressedByAsync() =>
            (await CallAsync("DescribeAlarms", """{"AlarmTypes":["CompositeAlarm"]}""")).GetProperty("CompositeAlarms")[0]
            .TryGetProperty("ActionsSuppressedBy", out var by) ? by.GetString() : null;
    }

    [Fact]
    public async Task Alarms_are_listed_in_pages_and_by_what_they_are()
    {
        foreach (var name in (string[])["b1", "a2", "a1"])
        {
            await PutAlarmAsync(name == "a2" ? ""","MetricName":"other" """ : "", name);
        }

        var page = await CallAsync("DescribeAlarms", """{"MaxRecords":2}""");
        Assert.Equal(2, page.GetProperty("MetricAlarms").GetArrayLength());
        Assert.Equal(["b1"], await NamesAsync($$"""{"NextToken":"{{page.GetProperty("NextToken").GetString()}}"}""", "MetricAlarms"));
        Assert.Equal(["a1", "a2"], await NamesAsync("""{"AlarmNamePrefix":"a"}""", "MetricAlarms"));
        Assert.Equal(["a1", "b1"], await NamesAsync("""{"AlarmNames":["b1","a1","zz"],"StateValue":"INSUFFICIENT_DATA"}""", "MetricAlarms"));
        var forMetric = await CallAsync("DescribeAlarmsForMetric", """{"Namespace":"N","MetricName":"other"}""");
        Assert.Equal("a2", forMetric.GetProperty("MetricAlarms")[0].GetProperty("AlarmName").GetString());
    }

    [Fact]
    public async Task Tags_come_with_an_alarm_and_go_with_it()
    {
        const string arn = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a";
        await PutAlarmAsync(""","Tags":[{"Key":"Environment","Value":"Production"}]""");
        await CallAsync("TagResource", $$"""{"ResourceARN":"{{arn}}","Tags":[{"Key":"tag1","Value":"foo"},{"Key":"tag2","Value":"bar"}]}""");
        await CallAsync("UntagResource", $$"""{"ResourceARN":"{{arn}}","TagKeys":["tag1"]}""");
        Assert.Equal(["Environment=Production", "tag2=bar"], await TagsAsync());
        await CallAsync("DeleteAlarms", """{"AlarmNames":["a"]}""");
        Assert.Empty(await TagsAsync());
        var (status, body) = await SendAsync("TagResource", $$"""{"ResourceARN":"{{arn}}","Tags":[]}""");
        Assert.Equal((404, "a"), (status, body.GetProperty("ResourceId").GetString()));

        async Task<IEnumerable<string>> TagsAsync() => (await CallAsync("ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""")).GetProperty("Tags")
            .EnumerateArray().Select(tag => $"{tag.GetProperty("Key")}={tag.GetProperty("Value")}");
    }

    [Theory]
    [InlineData(""","AlarmActions":["arn:aws:sns:us-east-1:000000000000:t"]""", "Haneul does not support sns actions of PutMetricAlarm yet.")]
    [InlineData(""","AlarmActions":["nonsense"]""", "Invalid arn syntax: nonsense")]
    [InlineData(""","Period":45""", "Period must be 10, 20, 30 or a multiple of 60")]
    [InlineData(""","EvaluationPeriods":1441""", "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).")]
    [InlineData(""","DatapointsToAlarm":2""", "DatapointsToAlarm must be less than or equal to EvaluationPeriods")]
    [InlineData(""","TreatMissingData":"maybe" """,
        "Option maybe is not supported. Supported options for parameter TreatMissingData are breaching, notBreaching, ignore, and missing.")]
    [InlineData(""","ExtendedStatistic":"p90" """, "The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.")]
    [InlineData(""","ThresholdMetricId":"x" """, "Haneul does not support ThresholdMetricId of PutMetricAlarm yet.")]
    public async Task Definitions_that_make_no_sense_are_refused(string more, string message)
    {
        var (status, body) = await SendAsync("PutMetricAlarm", Alarm("a", more));
        Assert.Equal(400, status);
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("ALARM(", "AlarmRule is invalid: An alarm's name is missing.")]
    [InlineData("ALARM(x", "AlarmRule is invalid: Unexpected end of the rule.")]
    [InlineData("WRONG(x)", "AlarmRule is invalid: Unexpected 'W' at position 1.")]
    [InlineData("ALARM(x) OK(y)", "AlarmRule is invalid: Unexpected 'O' at position 10.")]
    [InlineData("ALARM(nothere)", "Could not save the composite alarm as alarms [nothere] in the alarm rule do not exist")]
    public async Task Rules_that_make_no_sense_are_refused(string rule, string message)
    {
        var (_, body) = await SendAsync("PutCompositeAlarm", $$"""{"AlarmName":"c","AlarmRule":"{{rule}}"}""");
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_aws_cli_makes_and_describes_alarms()
    {
        var clients = new OfficialClients(Server.Url);
        await clients.AwsAsync(
            Cancel, "cloudwatch", "put-metric-alarm", "--alarm-name", "a", "--namespace", "N", "--metric-name", "m", "--statistic", "Average", "--period", "60",
            "--threshold", "1", "--comparison-operator", "GreaterThanThreshold", "--evaluation-periods", "1", "--alarm-actions", Function);
        await clients.AwsAsync(Cancel, "cloudwatch", "set-alarm-state", "--alarm-name", "a", "--state-value", "ALARM", "--state-reason", "<&>");
        var alarm = (await clients.AwsAsync(Cancel, "cloudwatch", "describe-alarms")).GetProperty("MetricAlarms")[0];
        Assert.Equal("<&>", alarm.GetProperty("StateReason").GetString());
        Assert.Equal(Function, alarm.GetProperty("AlarmActions")[0].GetString());
        var refused = await clients.AwsRefusedAsync(
            Cancel, "cloudwatch", "set-alarm-state", "--alarm-name", "zz", "--state-value", "ALARM", "--state-reason", "r");
        Assert.Contains("(ResourceNotFound)", refused, StringComparison.Ordinal);
    }

    private static string Alarm(string name, string more)
    {
        // What a test says of a member replaces the usual.
        var members = new Dictionary<string, string>
        {
            ["AlarmName"] = JsonSerializer.Serialize(name), ["Namespace"] = "\"N\"", ["MetricName"] = "\"m\"", ["Statistic"] = "\"Average\"", ["Period"] = "60",
            ["Threshold"] = "21", ["ComparisonOperator"] = "\"GreaterThanThreshold\"", ["EvaluationPeriods"] = "1",
        };
        foreach (var member in JsonDocument.Parse("{" + more.TrimStart(',') + "}").RootElement.EnumerateObject())
        {
            members[member.Name] = member.Value.GetRawText();
        }

        return "{" + string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}";
    }

    private Task<JsonElement> PutAlarmAsync(string more, string name = "a") => CallAsync("PutMetricAlarm", Alarm(name, more));

    private Task EvaluateAsync() => Server.Services.GetRequiredService<AlarmLoop>().RunOnceAsync(Cancel);

    private async Task NextMinuteAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await EvaluateAsync();
    }

    private async Task SetAsync(string name, string state)
    {
        await CallAsync("SetAlarmState", $$"""{"AlarmName":"{{name}}","StateValue":"{{state}}","StateReason":"r"}""");
        await EvaluateAsync();
    }

    private async Task<JsonElement> StateAsync(string name) =>
        (await CallAsync("DescribeAlarms", $$"""{"AlarmNames":["{{name}}"]}""")).GetProperty("MetricAlarms")[0];

    private async Task<IEnumerable<string?>> NamesAsync(string input, string kind) =>
        (await CallAsync("DescribeAlarms", input)).GetProperty(kind).EnumerateArray().Select(alarm => alarm.GetProperty("AlarmName").GetString());
}
