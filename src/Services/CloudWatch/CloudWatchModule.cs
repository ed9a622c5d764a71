using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Dashboards;
using Haneul.CloudWatch.Integration;
using Haneul.CloudWatch.Metrics;
using Haneul.CloudWatch.Queries;
using Haneul.CloudWatch.Tags;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.CloudWatch;

/// <summary>Amazon CloudWatch: metrics, alarms and dashboards.</summary>
public sealed class CloudWatchModule : IServiceModule
{
    public ServiceModel Model => CloudWatchOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "Percentiles and other statistics over parts of the values are computed from a histogram: wrong by less than 1.6 %, exact where values are equal.",
        "Metrics Insights queries are refused, and so are the functions ANOMALY_DETECTION_BAND, DB_PERF_INSIGHTS, INSIGHT_RULE_METRIC, LAMBDA and "
        + "SERVICE_QUOTA of metric math.",
        "Alarms call functions and scaling policies; actions of other services, anomaly detection thresholds and PromQL are refused.",
        "PutMetricData takes no entities; nothing is read from other accounts.",
        "Alarm rules know no AT_LEAST; dashboards have no tags.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddMetricReporter();
        services.AddSingleton<MetricTable>().AddSingleton<IMetrics, MetricsPort>();
        services.AddSingleton<MetricTrimLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<MetricTrimLoop>());
        services.AddSingleton<QueryRunner>();
        services.AddSingleton(static provider => new AlarmTable(provider.GetRequiredService<IStore>(), new Signal()));
        services.AddSingleton<AlarmSwitch>().AddSingleton<MetricEvaluator>().AddSingleton<ActionRunner>();
        services.AddSingleton<AlarmLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<AlarmLoop>());
        services.AddSingleton<IAlarms, AlarmsPort>().AddSingleton<IAlarmActions, FunctionActions>();
        services.AddSingleton<IResourceFacts, AlarmFacts>();
        services.AddSingleton<DashboardTable>();
    }

    public void Map(OperationTable operations)
    {
        operations.Map(CloudWatchOperations.DeleteAlarms)
            .NeedsEach("cloudwatch:DeleteAlarms", (input, context) => Alarms(input.AlarmNames, context)).Use<DeleteAlarms>();
        operations.Map(CloudWatchOperations.DeleteDashboards)
            .NeedsEach("cloudwatch:DeleteDashboards", (input, context) => input.DashboardNames.Select(name => DashboardTable.Arn(context, name)))
            .Use<DeleteDashboards>();
        operations.Map(CloudWatchOperations.DescribeAlarmHistory)
            .Needs("cloudwatch:DescribeAlarmHistory", (input, context) => AlarmArn.Of(context, input.AlarmName ?? "*")).Use<DescribeAlarmHistory>();
        operations.Map(CloudWatchOperations.DescribeAlarms)
            .Needs("cloudwatch:DescribeAlarms", (_, context) => AlarmArn.Of(context, "*")).Use<DescribeAlarms>();
        operations.Map(CloudWatchOperations.DescribeAlarmsForMetric)
            .Needs("cloudwatch:DescribeAlarmsForMetric", (_, context) => AlarmArn.Of(context, "*")).Use<DescribeAlarmsForMetric>();
        operations.Map(CloudWatchOperations.DisableAlarmActions)
            .NeedsEach("cloudwatch:DisableAlarmActions", (input, context) => Alarms(input.AlarmNames, context)).Use<DisableAlarmActions>();
        operations.Map(CloudWatchOperations.EnableAlarmActions)
            .NeedsEach("cloudwatch:EnableAlarmActions", (input, context) => Alarms(input.AlarmNames, context)).Use<EnableAlarmActions>();
        operations.Map(CloudWatchOperations.GetDashboard)
            .Needs("cloudwatch:GetDashboard", (input, context) => DashboardTable.Arn(context, input.DashboardName)).Use<GetDashboard>();
        operations.Map(CloudWatchOperations.GetMetricData).Needs("cloudwatch:GetMetricData").Use<GetMetricData>();
        operations.Map(CloudWatchOperations.GetMetricStatistics).Needs("cloudwatch:GetMetricStatistics").Use<GetMetricStatistics>();
        operations.Map(CloudWatchOperations.ListDashboards)
            .Needs("cloudwatch:ListDashboards", (_, context) => DashboardTable.Arn(context, "*")).Use<ListDashboards>();
        operations.Map(CloudWatchOperations.ListMetrics).Needs("cloudwatch:ListMetrics").Use<ListMetrics>();
        operations.Map(CloudWatchOperations.ListTagsForResource)
            .Needs("cloudwatch:ListTagsForResource", (input, _) => input.ResourceARN).Use<ListTagsForResource>();
        operations.Map(CloudWatchOperations.PutCompositeAlarm)
            .Needs("cloudwatch:PutCompositeAlarm", (input, context) => AlarmArn.Of(context, input.AlarmName))
            .NeedsEach("cloudwatch:TagResource", (input, context) => input.Tags is { Count: > 0 } ? [AlarmArn.Of(context, input.AlarmName)] : [])
            .Keys((input, _, authorization) =>
            {
                authorization.RequestTags(TagTable.Pairs(input.Tags));
                authorization.Key("cloudwatch:AlarmActions", Actions(input.OKActions, input.AlarmActions, input.InsufficientDataActions));
            })
            .Use<PutCompositeAlarm>();
        operations.Map(CloudWatchOperations.PutDashboard)
            .Needs("cloudwatch:PutDashboard", (input, context) => DashboardTable.Arn(context, input.DashboardName)).Use<PutDashboard>();
        operations.Map(CloudWatchOperations.PutMetricAlarm)
            .Needs("cloudwatch:PutMetricAlarm", (input, context) => AlarmArn.Of(context, input.AlarmName))
            .NeedsEach("cloudwatch:TagResource", (input, context) => input.Tags is { Count: > 0 } ? [AlarmArn.Of(context, input.AlarmName)] : [])
            .Keys((input, _, authorization) =>
            {
                authorization.RequestTags(TagTable.Pairs(input.Tags));
                authorization.Key("cloudwatch:AlarmActions", Actions(input.OKActions, input.AlarmActions, input.InsufficientDataActions));
            })
            .Use<PutMetricAlarm>();
        operations.Map(CloudWatchOperations.PutMetricData)
            .Needs("cloudwatch:PutMetricData")
            .Keys((input, _, authorization) => authorization.Key("cloudwatch:namespace", input.Namespace))
            .Use<PutMetricData>();
        operations.Map(CloudWatchOperations.SetAlarmState)
            .Needs("cloudwatch:SetAlarmState", (input, context) => AlarmArn.Of(context, AlarmArn.Name(input.AlarmName))).Use<SetAlarmState>();
        operations.Map(CloudWatchOperations.TagResource)
            .Needs("cloudwatch:TagResource", (input, _) => input.ResourceARN)
            .Keys((input, _, authorization) => authorization.RequestTags(TagTable.Pairs(input.Tags)))
            .Use<TagResource>();
        operations.Map(CloudWatchOperations.UntagResource)
            .Needs("cloudwatch:UntagResource", (input, _) => input.ResourceARN)
            .Keys((input, _, authorization) => authorization.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagResource>();
    }

    private static IEnumerable<string> Alarms(IEnumerable<string> names, CallContext context) =>
        names.Select(name => AlarmArn.Of(context, AlarmArn.Name(name)));

    private static List<string> Actions(params ReadOnlySpan<IReadOnlyList<string>?> lists)
    {
        var actions = new List<string>();
        foreach (var list in lists)
        {
            actions.AddRange(list ?? []);
        }

        return actions;
    }
}
