using System.Collections.Concurrent;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>
/// Reports requests to CloudWatch under <c>AWS/ApiGateway</c>: by API, by stage, and by method where the stage's settings ask for it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html"/>
/// </summary>
internal sealed class RestMetrics(MetricReporter reporter)
{
    private const string Namespace = "AWS/ApiGateway";
    private const int MaxSets = 10_000;

    private readonly ConcurrentDictionary<Key, Set> _sets = new();

    /// <param name="call">The request, answered.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="latency">From the request's first byte to the answer.</param>
    public void Report(RestCall call, int status, TimeSpan latency)
    {
        var name = call.Site.Api.Name ?? call.ApiId;
        var stage = call.Stage.StageName!;
        Add(new Key(call.Account, call.Region, name, null, null, null), call, status, latency);
        Add(new Key(call.Account, call.Region, name, stage, null, null), call, status, latency);
        if (call.Resource is { Path: { } path } && MethodSettings.Of(call.Stage, path, call.HttpMethod, call.Method.HttpMethod!).MetricsEnabled)
        {
            Add(new Key(call.Account, call.Region, name, stage, call.HttpMethod, path), call, status, latency);
        }
    }

    private void Add(Key key, RestCall call, int status, TimeSpan latency)
    {
        if (!_sets.TryGetValue(key, out var set))
        {
            if (_sets.Count >= MaxSets)
            {
                return;
            }

            set = _sets.GetOrAdd(key, Make);
        }

        set.Count.Add(1);
        set.ClientErrors.Add(status is >= 400 and < 500 ? 1 : 0);
        set.ServerErrors.Add(status >= 500 ? 1 : 0);
        set.Latency.Add(latency.TotalMilliseconds);
        if (call.IntegrationLatency is { } integration)
        {
            set.IntegrationLatency.Add(integration.TotalMilliseconds);
        }

        if (call.IsCacheHit is { } hit)
        {
            set.Hits.Add(hit ? 1 : 0);
            set.Misses.Add(hit ? 0 : 1);
        }
    }

    private Set Make(Key key)
    {
        var dimensions = new List<MetricDimension> { new("ApiName", key.Api) };
        if (key.Stage is not null)
        {
            dimensions.Add(new("Stage", key.Stage));
        }

        if (key.Method is not null)
        {
            dimensions.Add(new("Method", key.Method));
            dimensions.Add(new("Resource", key.Resource!));
        }

        var account = AccountId.Parse(key.Account);
        var region = Region.TryParse(key.Region, out var parsed) ? parsed : Region.Default;
        MetricSeries Series(string name, string unit, bool distribution) =>
            reporter.Series(account, region, Namespace, name, unit, distribution, [.. dimensions]);

        return new Set(
            Series("Count", MetricUnit.Count, distribution: false),
            Series("4XXError", MetricUnit.Count, distribution: false),
            Series("5XXError", MetricUnit.Count, distribution: false),
            Series("Latency", MetricUnit.Milliseconds, distribution: true),
            Series("IntegrationLatency", MetricUnit.Milliseconds, distribution: true),
            Series("CacheHitCount", MetricUnit.Count, distribution: false),
            Series("CacheMissCount", MetricUnit.Count, distribution: false));
    }

    private readonly record struct Key(string Account, string Region, string Api, string? Stage, string? Method, string? Resource);

    private sealed record Set(
        MetricSeries Count,
        MetricSeries ClientErrors,
        MetricSeries ServerErrors,
        MetricSeries Latency,
        MetricSeries IntegrationLatency,
        MetricSeries Hits,
        MetricSeries Misses);
}
