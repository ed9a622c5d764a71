using Haneul.CloudWatch.Contracts;
using Haneul.CloudWatch.Tags;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// Makes an alarm of a metric or an expression, or gives one a new definition; its state stays.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"/>
/// </summary>
internal sealed class PutMetricAlarm(AlarmTable alarms, IEnumerable<IAlarmActions> services) : IHandler<PutMetricAlarmInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(PutMetricAlarmInput input, CallContext context, CancellationToken cancel)
    {
        if ((AlarmRules.Check(input, context, services) ?? TagTable.Check(input.Tags, [])) is { } error)
        {
            return error;
        }

        await alarms.Of(context).UpdateAsync((input, context), static (current, batch, call) =>
        {
            var (input, context) = call;
            var before = AlarmTable.Find(current, input.AlarmName);
            var (alarm, history) = AlarmWriter.Metric(before, input, context.Time);
            batch.Put(AlarmTable.Key(alarm.Name), alarm.Encode());
            AlarmTable.Remember(current, batch, alarm.Name, context.Time, history);

            // Tags come with the making; an update leaves them to TagResource.
            TagTable.Put(batch, AlarmArn.Of(context, alarm.Name), before is null ? input.Tags : null);
            return true;
        });
        alarms.Changes.Pulse();
        return Unit.Value;
    }
}
