using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Logs.MetricFilters;
using Haneul.Logs.Subscriptions;

namespace Haneul.Logs.Events;

/// <summary>Hands events that were stored to the filters of their group.</summary>
internal sealed class LogFeed(LogTable logs, IEnumerable<IMetrics> metrics, SubscriptionSender subscriptions)
{
    public async ValueTask RunAsync(string group, string stream, IReadOnlyList<FedEvent> events, CallContext context, CancellationToken cancel)
    {
        var partition = logs.Of(context);
        if (metrics.FirstOrDefault() is { } port)
        {
            foreach (var record in MetricFilterRecord.In(partition, group))
            {
                var data = FilterMetrics.Of(record.Filter, events);
                await port.PutAsync(context.Account, context.Region, record.Filter.MetricTransformations[0].MetricNamespace, data, cancel);
            }
        }

        foreach (var record in SubscriptionRecord.In(partition, group))
        {
            await subscriptions.SendAsync(record.Filter, stream, events, context, cancel);
        }
    }
}

/// <param name="Time">In milliseconds since 1970.</param>
/// <param name="Number">Its place among the events of its stream.</param>
/// <param name="Message">The text.</param>
internal readonly record struct FedEvent(long Time, long Number, string Message);
