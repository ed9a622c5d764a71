using System.Text.Json;
using Haneul.AutoScaling.Activities;
using Haneul.CloudWatch;
using Haneul.CloudWatch.Alarms;
using Haneul.DynamoDb;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.AutoScaling.Tests;

/// <summary>The scaling of DynamoDB's tables over HTTP, with the clock in the test's hand.</summary>
public sealed class ScalingApiTests : IAsyncLifetime
{
    private const string Read = """ "ServiceNamespace":"dynamodb","ResourceId":"table/tab","ScalableDimension":"dynamodb:table:ReadCapacityUnits" """;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_020));
    private HaneulServer _server = null!;
    private JsonClient _scaling = null!;
    private JsonClient _dynamo = null!;
    private JsonClient _watch = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await HaneulServer.StartAsync(
            time: _time,
            modules: [new AutoScalingModule(), new CloudWatchModule(), new DynamoDbModule(new DynamoDbOptions { TableDelay = TimeSpan.Zero })]);
        _scaling = new JsonClient(_server.Url, "AnyScaleFrontendService", "1.1");
        _dynamo = new JsonClient(_server.Url, "DynamoDB_20120810", "1.0");
        _watch = new JsonClient(_server.Url, "GraniteServiceVersion20100801", "1.0");
        await _dynamo.CallAsync(
            "CreateTable",
            """
            {"TableName":"tab","KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],
             "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":7},
             "GlobalSecondaryIndexes":[{"IndexName":"idx","KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"},
               "ProvisionedThroughput":{"ReadCapacityUnits":3,"WriteCapacityUnits":4}}]}
            """,
            Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _scaling.Dispose();
        _dynamo.Dispose();
        _watch.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_table_scales_out_after_two_minutes_and_in_after_fifteen()
    {
        await RegisterAsync(1, 100);
        await PutPolicyAsync(""" "TargetValue":50.0 """);
        Assert.Equal(["GreaterThanThreshold 150 2", "LessThanThreshold 90 15"], await AlarmsAsync());

        // 600 units a minute are 10 a second, which 20 carry at half use.
        await MinuteAsync(consumed: 600);
        Assert.Equal(5, await CapacityAsync());
        await MinuteAsync(consumed: 600);
        await MinuteAsync(consumed: 600);
        Assert.Equal(20, await CapacityAsync());
        Assert.Equal(["GreaterThanThreshold 600 2", "LessThanThreshold 360 15"], await AlarmsAsync());
        var activity = (await CallAsync("DescribeScalingActivities", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScalingActivities")[0];
        Assert.Equal("Setting read capacity units to 20.", activity.GetProperty("Description").GetString());
        Assert.Equal("Successful", activity.GetProperty("StatusCode").GetString());
        Assert.Matches("^monitor alarm TargetTracking-table/tab-AlarmHigh-[0-9a-f-]+ in state ALARM triggered policy p$", activity.GetProperty("Cause").GetString());

        for (var minute = 0; minute < 14; minute++)
        {
            await MinuteAsync(consumed: 60);
        }

        Assert.Equal(20, await CapacityAsync());
        await MinuteAsync(consumed: 60);
        await MinuteAsync(consumed: 60);
        Assert.Equal(2, await CapacityAsync());
        Assert.Equal(7, (await ThroughputAsync()).GetProperty("WriteCapacityUnits").GetInt32());
    }

    [Fact]
    public async Task Bounds_and_cooldowns_and_suspension_hold()
    {
        await RegisterAsync(4, 12);
        await PutPolicyAsync(""" "TargetValue":50.0,"ScaleOutCooldown":600 """);
        await BreachAsync(240);
        Assert.Equal(8, await CapacityAsync());

        // Two more are no larger step than three; two breaching minutes within the cooldown change nothing.
        await BreachAsync(300);
        Assert.Equal(8, await CapacityAsync());
        await BreachAsync(3000);
        Assert.Equal(12, await CapacityAsync());
        await BreachAsync(6000);
        var notScaled = (await CallAsync("DescribeScalingActivities", """{"ServiceNamespace":"dynamodb","IncludeNotScaledActivities":true}"""))
            .GetProperty("ScalingActivities")[0].GetProperty("NotScaledReasons")[0];
        Assert.Equal((Scaler.AtMax, 12), (notScaled.GetProperty("Code").GetString(), notScaled.GetProperty("MaxCapacity").GetInt32()));

        await CallAsync("RegisterScalableTarget", $$"""{{{Read}},"MaxCapacity":50,"SuspendedState":{"DynamicScalingOutSuspended":true} }""");
        await BreachAsync(6000);
        Assert.Equal(12, await CapacityAsync());
        var target = (await CallAsync("DescribeScalableTargets", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScalableTargets")[0];
        Assert.Equal((4, 50), (target.GetProperty("MinCapacity").GetInt32(), target.GetProperty("MaxCapacity").GetInt32()));
        Assert.True(target.GetProperty("SuspendedState").GetProperty("DynamicScalingOutSuspended").GetBoolean());
        Assert.Equal(
            "arn:aws:iam::000000000000:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
            target.GetProperty("RoleARN").GetString());
    }

    [Fact]
    public async Task A_metric_of_ones_own_is_followed()
    {
        await RegisterAsync(1, 100);
        await PutPolicyAsync(""" "TargetValue":10.0,"DisableScaleIn":true,"CustomizedMetricSpecification":{"Namespace":"N","MetricName":"load","Statistic":"Average"} """, predefined: false);
        Assert.Equal(["GreaterThanThreshold 10 3"], await AlarmsAsync());
        for (var minute = 0; minute < 4; minute++)
        {
            await _watch.CallAsync("PutMetricData", """{"Namespace":"N","MetricData":[{"MetricName":"load","Value":25}]}""", Cancel);
            await NextMinuteAsync();
        }

        Assert.True(await CapacityAsync() >= 13, "five units at a load of 25 want 13 for 10");
    }

    [Fact]
    public async Task A_capacity_that_somebody_else_set_moves_the_alarms_and_returns_into_bounds()
    {
        await RegisterAsync(1, 30);
        await PutPolicyAsync(""" "TargetValue":50.0 """);
        await SetCapacityAsync(10);
        await NextMinuteAsync();
        Assert.Equal(["GreaterThanThreshold 300 2", "LessThanThreshold 180 15"], await AlarmsAsync());
        await SetCapacityAsync(40);
        await NextMinuteAsync();
        Assert.Equal(30, await CapacityAsync());
        await _watch.CallAsync("DeleteAlarms", $$"""{"AlarmNames":["{{(await AlarmNamesAsync())[0]}}"]}""", Cancel);
        await NextMinuteAsync();
        Assert.Equal(2, (await AlarmNamesAsync()).Count);
    }

    [Fact]
    public async Task Scheduled_actions_change_bounds_when_they_are_due()
    {
        await RegisterAsync(1, 10);
        await CallAsync("PutScheduledAction", $$$"""{{{{Read}}},"ScheduledActionName":"up","Schedule":"cron(10 15 * * ? *)","ScalableTargetAction":{"MinCapacity":20}}""");
        var action = (await CallAsync("DescribeScheduledActions", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScheduledActions")[0];
        Assert.StartsWith("arn:aws:autoscaling:us-east-1:000000000000:scheduledAction:", action.GetProperty("ScheduledActionARN").GetString(), StringComparison.Ordinal);
        await NextMinuteAsync();
        Assert.Equal(5, await CapacityAsync());
        _time.Advance(TimeSpan.FromMinutes(5));
        await NextMinuteAsync();
        Assert.Equal(20, await CapacityAsync());
        var target = (await CallAsync("DescribeScalableTargets", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScalableTargets")[0];
        Assert.Equal((20, 20), (target.GetProperty("MinCapacity").GetInt32(), target.GetProperty("MaxCapacity").GetInt32()));
        var cause = (await CallAsync("DescribeScalingActivities", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScalingActivities")[0].GetProperty("Cause").GetString();
        Assert.Equal("minimum capacity was set to 20 while scheduled action name up was triggered", cause);
        await CallAsync("DeleteScheduledAction", $$"""{{{Read}},"ScheduledActionName":"up"}""");
        Assert.Empty((await CallAsync("DescribeScheduledActions", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScheduledActions").EnumerateArray());
    }

    [Fact]
    public async Task Indexes_scale_too()
    {
        const string index = """ "ServiceNamespace":"dynamodb","ResourceId":"table/tab/index/idx","ScalableDimension":"dynamodb:index:WriteCapacityUnits" """;
        await CallAsync("RegisterScalableTarget", $$"""{{{index}},"MinCapacity":9,"MaxCapacity":10}""");
        await NextMinuteAsync();
        var table = (await _dynamo.CallAsync("DescribeTable", """{"TableName":"tab"}""", Cancel)).GetProperty("Table");
        var throughput = table.GetProperty("GlobalSecondaryIndexes")[0].GetProperty("ProvisionedThroughput");
        Assert.Equal((3, 9), (throughput.GetProperty("ReadCapacityUnits").GetInt32(), throughput.GetProperty("WriteCapacityUnits").GetInt32()));
    }

    [Fact]
    public async Task Deregistering_takes_policies_and_alarms_along()
    {
        await RegisterAsync(1, 10);
        await PutPolicyAsync(""" "TargetValue":50.0 """);
        Assert.Single((await CallAsync("DescribeScalingPolicies", """{"ServiceNamespace":"dynamodb","PolicyNames":["p"]}""")).GetProperty("ScalingPolicies").EnumerateArray());
        await CallAsync("DeregisterScalableTarget", $$"""{{{Read}}}""");
        Assert.Empty(await AlarmNamesAsync());
        Assert.Empty((await CallAsync("DescribeScalingPolicies", """{"ServiceNamespace":"dynamodb"}""")).GetProperty("ScalingPolicies").EnumerateArray());
    }

    [Fact]
    public async Task Tags_belong_to_targets()
    {
        var arn = (await CallAsync("RegisterScalableTarget", $$$"""{{{{Read}}},"MinCapacity":1,"MaxCapacity":2,"Tags":{"a":"1"}}""")).GetProperty("ScalableTargetARN").GetString();
        await CallAsync("TagResource", $$"""{"ResourceARN":"{{arn}}","Tags":{"b":"2"} }""");
        await CallAsync("UntagResource", $$"""{"ResourceARN":"{{arn}}","TagKeys":["a"]}""");
        Assert.Equal("""{"b":"2"}""", (await CallAsync("ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""")).GetProperty("Tags").GetRawText());
    }

    [Theory]
    [InlineData("RegisterScalableTarget", """{"ServiceNamespace":"ecs","ResourceId":"service/a/b","ScalableDimension":"ecs:service:DesiredCount","MinCapacity":1,"MaxCapacity":2}""",
        "ValidationException", "Haneul does not support the service namespace ecs of Application Auto Scaling yet.")]
    [InlineData("RegisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/tab","ScalableDimension":"dynamodb:index:ReadCapacityUnits","MinCapacity":1,"MaxCapacity":2}""",
        "ValidationException", "Unsupported service namespace, resource type or scalable dimension")]
    [InlineData("RegisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/none","ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":1,"MaxCapacity":2}""",
        "ValidationException", "DynamoDB table does not exist: table/none")]
    [InlineData("RegisterScalableTarget", """{"ServiceNamespace":"dynamodb","ResourceId":"table/tab","ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":3,"MaxCapacity":2}""",
        "ValidationException", "Maximum capacity cannot be less than minimum capacity")]
    [InlineData("PutScalingPolicy", """{"ServiceNamespace":"dynamodb","ResourceId":"table/tab","ScalableDimension":"dynamodb:table:ReadCapacityUnits","PolicyName":"p","PolicyType":"TargetTrackingScaling"}""",
        "ObjectNotFoundException",
        "No scalable target registered for service namespace: dynamodb, resource ID: table/tab, scalable dimension: dynamodb:table:ReadCapacityUnits")]
    [InlineData("DeleteScalingPolicy", """{"ServiceNamespace":"dynamodb","ResourceId":"table/tab","ScalableDimension":"dynamodb:table:ReadCapacityUnits","PolicyName":"p"}""",
        "ObjectNotFoundException",
        "No scaling policy found for service namespace: dynamodb, resource ID: table/tab, scalable dimension: dynamodb:table:ReadCapacityUnits, policy name: p")]
    public async Task Refusals_are_worded_as_aws_words_them(string operation, string input, string code, string message)
    {
        var (status, body) = await _scaling.SendAsync(operation, input, Cancel);
        Assert.Equal(400, status);
        Assert.Equal(code, body.GetProperty("__type").GetString()!.Split('#')[^1]);
        Assert.Equal(message, body.GetProperty("Message").GetString());
    }

    [Theory]
    [InlineData(""" "TargetValue":10.0,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBReadCapacityUtilization"} """,
        "Scaling policy target value must be between 20 and 90 for DynamoDBReadCapacityUtilization.")]
    [InlineData(""" "TargetValue":50.0,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBWriteCapacityUtilization"} """,
        "Cannot specify DynamoDBWriteCapacityUtilization metric type for read capacity units; the metric type is DynamoDBReadCapacityUtilization.")]
    [InlineData(""" "TargetValue":50.0 """, "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified.")]
    public async Task Policies_that_make_no_sense_are_refused(string tracking, string message)
    {
        await RegisterAsync(1, 10);
        var (_, body) = await _scaling.SendAsync(
            "PutScalingPolicy",
            $$$"""{{{{Read}}},"PolicyName":"p","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{{{tracking}}}}}""",
            Cancel);
        Assert.Equal(message, body.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task The_aws_cli_registers_and_describes()
    {
        var clients = new OfficialClients(_server.Url);
        await clients.AwsAsync(
            Cancel, "application-autoscaling", "register-scalable-target", "--service-namespace", "dynamodb", "--resource-id", "table/tab",
            "--scalable-dimension", "dynamodb:table:WriteCapacityUnits", "--min-capacity", "1", "--max-capacity", "9");
        var policy = await clients.AwsAsync(
            Cancel, "application-autoscaling", "put-scaling-policy", "--service-namespace", "dynamodb", "--resource-id", "table/tab",
            "--scalable-dimension", "dynamodb:table:WriteCapacityUnits", "--policy-name", "w", "--policy-type", "TargetTrackingScaling",
            "--target-tracking-scaling-policy-configuration",
            """{"TargetValue":70,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBWriteCapacityUtilization"}}""");
        Assert.Matches("^arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:.*:resource/dynamodb/table/tab:policyName/w$", policy.GetProperty("PolicyARN").GetString());
        Assert.Equal(2, policy.GetProperty("Alarms").GetArrayLength());
        var targets = await clients.AwsAsync(Cancel, "application-autoscaling", "describe-scalable-targets", "--service-namespace", "dynamodb");
        Assert.Equal(9, targets.GetProperty("ScalableTargets")[0].GetProperty("MaxCapacity").GetInt32());
    }

    private Task<JsonElement> CallAsync(string operation, string input) => _scaling.CallAsync(operation, input, Cancel);

    private Task<JsonElement> RegisterAsync(int min, int max) => CallAsync("RegisterScalableTarget", $$"""{{{Read}},"MinCapacity":{{min}},"MaxCapacity":{{max}}}""");

    private Task<JsonElement> PutPolicyAsync(string tracking, bool predefined = true)
    {
        var metric = predefined ? ""","PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBReadCapacityUtilization"} """ : "";
        return CallAsync(
            "PutScalingPolicy",
            $$$"""{{{{Read}}},"PolicyName":"p","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{{{tracking}}}{{{metric}}}}}""");
    }

    // What the table would report of the minute that ends now.
    private async Task MinuteAsync(double consumed)
    {
        await _server.Services.GetRequiredService<IMetrics>().PutAsync(
            AccountId.Default,
            Region.Default,
            "AWS/DynamoDB",
            [new MetricDatum("ConsumedReadCapacityUnits", [new MetricDimension("TableName", "tab")], _time.GetUtcNow(), MetricUnit.Count, MetricSummary.Of(consumed))],
            Cancel);
        await NextMinuteAsync();
    }

    private async Task BreachAsync(double consumed)
    {
        await MinuteAsync(consumed);
        await MinuteAsync(consumed);
    }

    // The loops run by themselves when the clock moves; a round of one's own is the barrier behind theirs.
    private async Task NextMinuteAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await RoundAsync();
    }

    private async Task RoundAsync()
    {
        await _server.Services.GetRequiredService<ScalingLoop>().RunOnceAsync(Cancel);
        await _server.Services.GetRequiredService<AlarmLoop>().RunOnceAsync(Cancel);
    }

    private async Task<JsonElement> ThroughputAsync() =>
        (await _dynamo.CallAsync("DescribeTable", """{"TableName":"tab"}""", Cancel)).GetProperty("Table").GetProperty("ProvisionedThroughput");

    private async Task<int> CapacityAsync() => (await ThroughputAsync()).GetProperty("ReadCapacityUnits").GetInt32();

    private Task<JsonElement> SetCapacityAsync(int capacity) => _dynamo.CallAsync(
        "UpdateTable", $$$"""{"TableName":"tab","ProvisionedThroughput":{"ReadCapacityUnits":{{{capacity}}},"WriteCapacityUnits":7}}""", Cancel);

    private async Task<List<string>> AlarmsAsync() => [.. (await _watch.CallAsync("DescribeAlarms", "{}", Cancel)).GetProperty("MetricAlarms")
        .EnumerateArray().Select(alarm => $"{alarm.GetProperty("ComparisonOperator")} {alarm.GetProperty("Threshold").GetDouble()} {alarm.GetProperty("EvaluationPeriods")}")];

    private async Task<List<string?>> AlarmNamesAsync() => [.. (await _watch.CallAsync("DescribeAlarms", "{}", Cancel)).GetProperty("MetricAlarms")
        .EnumerateArray().Select(alarm => alarm.GetProperty("AlarmName").GetString())];
}
