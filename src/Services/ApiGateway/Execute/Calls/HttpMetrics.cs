using System.Collections.Concurrent;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// Reports what HTTP and WebSocket APIs measure, by API and stage, and by route where detailed metrics are on.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html"/>
/// </summary>
internal sealed class HttpMetrics(MetricReporter reporter)
{
    private const string Namespace = "AWS/ApiGateway";

    private readonly ConcurrentDictionary<(string Api, string? Stage, string? Route), Series> _series = new();

    public void Record(HttpExchange exchange, TimeSpan latency)
    {
        var api = exchange.Api;
        var id = api.Api.ApiId!;
        Add(Find(api, id, null, null), exchange, latency);
        if (exchange.Stage is not { } stage)
        {
            return;
        }

        Add(Find(api, id, stage.StageName, null), exchange, latency);
        if (exchange.Route is { } route)
        {
            var settings = stage.RouteSettings?.GetValueOrDefault(route.RouteKey)?.DetailedMetricsEnabled ?? stage.DefaultRouteSettings?.DetailedMetricsEnabled;
            if (settings == true)
            {
                Add(Find(api, id, stage.StageName, route.RouteKey), exchange, latency);
            }
        }
    }

    /// <summary>The API is gone.</summary>
    public void Forget(string apiId)
    {
        foreach (var key in _series.Keys.Where(key => key.Api == apiId))
        {
            if (_series.TryRemove(key, out var series))
            {
                series.All.ForEach(reporter.Remove);
            }
        }
    }

    private static void Add(Series series, HttpExchange exchange, TimeSpan latency)
    {
        var response = exchange.Http.Response;
        series.Count.Add(1);
        series.ClientErrors.Add(response.StatusCode is >= 400 and < 500 ? 1 : 0);
        series.ServerErrors.Add(response.StatusCode >= 500 ? 1 : 0);
        series.Latency.Add(latency.TotalMilliseconds);
        series.DataProcessed.Add((response.ContentLength ?? 0) + (exchange.Call?.Body.Length ?? 0));
        if (exchange.IntegrationLatency is { } integration)
        {
            series.IntegrationLatency.Add(integration.TotalMilliseconds);
        }
    }

    private Series Find(ApiRecord api, string id, string? stage, string? route) => _series.GetOrAdd(
        (id, stage, route),
        static (key, state) => new Series(state.reporter, state.api, Dimensions(key.Api, key.Stage, key.Route)),
        (reporter, api));

    private static MetricDimension[] Dimensions(string api, string? stage, string? route)
    {
        var byApi = new MetricDimension("ApiId", api);
        if (stage is null)
        {
            return [byApi];
        }

        var byStage = new MetricDimension("Stage", stage);
        var space = route?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        return route is null ? [byApi, byStage]
            : [byApi, byStage, new("Method", space < 0 ? route : route[..space]), new("Resource", space < 0 ? route : route[(space + 1)..])];
    }

    private sealed class Series(MetricReporter reporter, ApiRecord api, MetricDimension[] dimensions)
    {
        public MetricSeries Count { get; } = New(reporter, api, "Count", MetricUnit.Count, distribution: false, dimensions);

        public MetricSeries ClientErrors { get; } = New(reporter, api, "4xx", MetricUnit.Count, distribution: false, dimensions);

        public MetricSeries ServerErrors { get; } = New(reporter, api, "5xx", MetricUnit.Count, distribution: false, dimensions);

        public MetricSeries Latency { get; } = New(reporter, api, "Latency", MetricUnit.Milliseconds, distribution: true, dimensions);

        public MetricSeries IntegrationLatency { get; } = New(reporter, api, "IntegrationLatency", MetricUnit.Milliseconds, distribution: true, dimensions);

        public MetricSeries DataProcessed { get; } = New(reporter, api, "DataProcessed", MetricUnit.Bytes, distribution: false, dimensions);

        public List<MetricSeries> All => [Count, ClientErrors, ServerErrors, Latency, IntegrationLatency, DataProcessed];

        private static MetricSeries New(
            MetricReporter reporter, ApiRecord api, string name, string unit, bool distribution, MetricDimension[] dimensions) =>
            reporter.Series(
                AccountId.Parse(api.Account), Region.TryParse(api.Region, out var region) ? region : Region.Default, Namespace, name, unit, distribution, dimensions);
    }
}
