using System.Text.Json;
using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Alarms;

/// <summary>
/// What a function is told of a change of state.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html"/>
/// </summary>
internal static class AlarmEvent
{
    public static byte[] Of(AlarmRecord alarm, CallContext context) => AlarmText.JsonBytes(json =>
    {
        json.WriteString("source", "aws.cloudwatch");
        json.WriteString("alarmArn", AlarmArn.Of(context, alarm.Name));
        json.WriteString("accountId", context.Account.Value);
        json.WriteString("time", AlarmText.Time(alarm.State.Transitioned));
        json.WriteString("region", context.Region.Name);
        json.WriteStartObject("alarmData");
        json.WriteString("alarmName", alarm.Name);
        WriteState(json, "state", alarm.State, alarm);
        WriteState(json, "previousState", alarm.Previous ?? alarm.State, alarm: null);
        json.WriteStartObject("configuration");
        if (alarm.IsComposite)
        {
            WriteComposite(json, alarm.Composite);
        }
        else
        {
            WriteMetric(json, alarm.Metric);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteState(Utf8JsonWriter json, string name, AlarmState state, AlarmRecord? alarm)
    {
        json.WriteStartObject(name);
        json.WriteString("value", state.Value);
        json.WriteString("reason", state.Reason);
        if (state.Data is not null)
        {
            json.WriteString("reasonData", state.Data);
        }

        json.WriteString("timestamp", AlarmText.Time(state.Updated));
        if (alarm?.SuppressedBy is { } suppressor)
        {
            json.WriteString("actionsSuppressedBy", suppressor);
        }

        json.WriteEndObject();
    }

    private static void WriteComposite(Utf8JsonWriter json, PutCompositeAlarmInput alarm)
    {
        json.WriteString("alarmRule", alarm.AlarmRule);
        if (alarm.ActionsSuppressor is { } suppressor)
        {
            json.WriteString("actionsSuppressor", suppressor);
            json.WriteNumber("actionsSuppressorWaitPeriod", alarm.ActionsSuppressorWaitPeriod!.Value);
            json.WriteNumber("actionsSuppressorExtensionPeriod", alarm.ActionsSuppressorExtensionPeriod!.Value);
        }
    }

    private static void WriteMetric(Utf8JsonWriter json, PutMetricAlarmInput alarm)
    {
        if (alarm.AlarmDescription is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteStartArray("metrics");
        foreach (var query in AlarmMetric.Of(alarm).Queries)
        {
            json.WriteStartObject();
            json.WriteString("id", query.Id);
            if (query.MetricStat is { } stat)
            {
                WriteStat(json, stat);
            }
            else
            {
                json.WriteString("expression", query.Expression);
            }

            if (query.Label is not null)
            {
                json.WriteString("label", query.Label);
            }

            json.WriteBoolean("returnData", query.ReturnData != false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStat(Utf8JsonWriter json, MetricStat stat)
    {
        json.WriteStartObject("metricStat");
        json.WriteStartObject("metric");
        json.WriteString("namespace", stat.Metric.Namespace);
        json.WriteString("name", stat.Metric.MetricName);
        json.WriteStartObject("dimensions");
        foreach (var dimension in stat.Metric.Dimensions ?? [])
        {
            json.WriteString(dimension.Name, dimension.Value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("period", stat.Period!.Value);
        json.WriteString("stat", stat.Stat);
        if (stat.Unit is not null)
        {
            json.WriteString("unit", stat.Unit);
        }

        json.WriteEndObject();
    }
}
