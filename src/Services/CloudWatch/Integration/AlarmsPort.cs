using Haneul.CloudWatch.Alarms;
using Haneul.CloudWatch.Contracts;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.CloudWatch.Integration;

/// <summary>Alarms that other services keep.</summary>
internal sealed class AlarmsPort(IStore store, AlarmTable alarms, TimeProvider time) : IAlarms
{
    public async ValueTask PutAsync(AccountId account, Region region, IReadOnlyList<AlarmDefinition> definitions, CancellationToken cancel)
    {
        await Of(account, region).UpdateAsync((definitions, now: time.GetUtcNow()), static (current, batch, put) =>
        {
            foreach (var definition in put.definitions)
            {
                var changed = AlarmWriter.Metric(AlarmTable.Find(current, definition.Name), Input(definition), put.now);
                batch.Put(AlarmTable.Key(definition.Name), changed.Alarm.Encode());
                AlarmTable.Remember(current, batch, definition.Name, put.now, changed.History);
            }

            return true;
        });
        alarms.Changes.Pulse();
    }

    public async ValueTask DeleteAsync(AccountId account, Region region, IReadOnlyList<string> names, CancellationToken cancel)
    {
        await Of(account, region).UpdateAsync((names, account, region, now: time.GetUtcNow()), static (current, batch, delete) =>
        {
            foreach (var name in delete.names)
            {
                AlarmWriter.Delete(current, batch, name, AlarmArn.Of(delete.account, delete.region, name), delete.now);
            }

            return true;
        });
        alarms.Changes.Pulse();
    }

    public ValueTask<IReadOnlySet<string>> ExistingAsync(AccountId account, Region region, IReadOnlyList<string> names, CancellationToken cancel)
    {
        var partition = Of(account, region);
        return new(names.Where(name => partition.Contains(AlarmTable.Key(name))).ToHashSet(StringComparer.Ordinal));
    }

    private IPartition Of(AccountId account, Region region) => store.Partition(CloudWatchKeyspace.Partition(account, region));

    private static PutMetricAlarmInput Input(AlarmDefinition alarm) => new()
    {
        AlarmName = alarm.Name,
        AlarmDescription = alarm.Description,
        AlarmActions = [alarm.Action],
        Namespace = alarm.Metric.Namespace,
        MetricName = alarm.Metric.Name,
        Dimensions = [.. alarm.Metric.Dimensions.Select(dimension => new Dimension { Name = dimension.Name, Value = dimension.Value })],
        Period = (int)alarm.Metric.Period.TotalSeconds,
        Unit = alarm.Metric.Unit,
        Statistic = alarm.Statistic,
        ComparisonOperator = alarm.Comparison,
        Threshold = alarm.Threshold,
        EvaluationPeriods = alarm.EvaluationPeriods,
    };
}
