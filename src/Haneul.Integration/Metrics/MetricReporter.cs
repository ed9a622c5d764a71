using System.Collections.Concurrent;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.Integration.Metrics;

/// <summary>
/// Reports the series of this process to CloudWatch each minute of the cloud's clock, and once more when it stops. Without CloudWatch the
/// values are dropped. A service asks for its series once and adds to them; nothing is reported of a series that measured nothing.
/// </summary>
public sealed class MetricReporter(IServiceProvider services, TimeProvider time, ILogger<MetricReporter> log) : BackgroundService
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<MetricSeries, byte> _series = new();

    // One report at a time; guards the minute.
    private readonly SemaphoreSlim _reporting = new(1);
    private DateTimeOffset _minute = Floor(time.GetUtcNow());

    /// <summary>Makes a series. Keep it, and <see cref="Remove"/> it when its resource is gone.</summary>
    public MetricSeries Series(
        AccountId account,
        Region region,
        string metricNamespace,
        string name,
        string unit,
        bool distribution,
        params MetricDimension[] dimensions)
    {
        var series = new MetricSeries(account, region, metricNamespace, name, unit, distribution, dimensions);
        _series.TryAdd(series, 0);
        return series;
    }

    /// <summary>What the series measured since the last report is not reported any more.</summary>
    public void Remove(MetricSeries series) => _series.TryRemove(series, out _);

    /// <summary>Reports what was measured so far, under the minute in which the measuring began.</summary>
    public async Task ReportAsync(CancellationToken cancel)
    {
        await _reporting.WaitAsync(cancel);
        try
        {
            foreach (var source in services.GetServices<IMetricSource>())
            {
                source.Measure();
            }

            var minute = _minute;
            _minute = Floor(time.GetUtcNow());
            var taken = _series.Keys
                .Select(series => (series, values: series.Values.Take()))
                .Where(pair => pair.values is not null)
                .GroupBy(
                    pair => (pair.series.Account, pair.series.Region, pair.series.Namespace),
                    pair => new MetricDatum(pair.series.Name, pair.series.Dimensions, minute, pair.series.Unit, pair.values!))
                .ToList();
            if (services.GetService<IMetrics>() is { } metrics)
            {
                foreach (var group in taken)
                {
                    await metrics.PutAsync(group.Key.Account, group.Key.Region, group.Key.Namespace, [.. group], cancel);
                }
            }
        }
        finally
        {
            _reporting.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryReportAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _reporting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts what listens only when this has given the thread back.
        await Task.Yield();
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                await Task.Delay(Floor(now) + s_minute - now, time, stoppingToken);
                await TryReportAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The cloud stops.
        }
    }

    private async Task TryReportAsync(CancellationToken cancel)
    {
        try
        {
            await ReportAsync(cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.ReportFailed(log, exception);
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % s_minute.Ticks), TimeSpan.Zero);
}

/// <summary>How modules bring the reporter along.</summary>
public static class MetricReporterServices
{
    /// <summary>Adds the one reporter of the process; any number of modules may ask for it.</summary>
    public static IServiceCollection AddMetricReporter(this IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(MetricReporter)))
        {
            services.AddSingleton<MetricReporter>();
            services.AddHostedService(static provider => provider.GetRequiredService<MetricReporter>());
        }

        return services;
    }
}
