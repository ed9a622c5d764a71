using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Integration;
using Haneul.CloudWatch.Metrics;
using Haneul.CloudWatch.Queries;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.CloudWatch;

/// <summary>Amazon CloudWatch: metrics, alarms and dashboards.</summary>
public sealed class CloudWatchModule : IServiceModule
{
    public ServiceModel Model => CloudWatchOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "Percentiles and other statistics over parts of the values are computed from a histogram: wrong by less than 1.6 %, exact where values are equal.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddMetricReporter();
        services.AddSingleton<MetricTable>().AddSingleton<IMetrics, MetricsPort>();
        services.AddSingleton<MetricTrimLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<MetricTrimLoop>());
        services.AddSingleton<QueryRunner>();
    }

    public void Map(OperationTable operations)
    {
        operations.Map(CloudWatchOperations.GetMetricData).Needs("cloudwatch:GetMetricData").Use<GetMetricData>();
        operations.Map(CloudWatchOperations.GetMetricStatistics).Needs("cloudwatch:GetMetricStatistics").Use<GetMetricStatistics>();
        operations.Map(CloudWatchOperations.ListMetrics).Needs("cloudwatch:ListMetrics").Use<ListMetrics>();
        operations.Map(CloudWatchOperations.PutMetricData)
            .Needs("cloudwatch:PutMetricData")
            .Keys((input, _, authorization) => authorization.Key("cloudwatch:namespace", input.Namespace))
            .Accepts(1024 * 1024)
            .Use<PutMetricData>();
    }
}
