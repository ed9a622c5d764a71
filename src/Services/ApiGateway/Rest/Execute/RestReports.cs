using System.Globalization;
using Haneul.ApiGateway.Execute.AccessLogs;
using Haneul.ApiGateway.Rest.Execute.Logging;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>What is told of a request when it has been answered: metrics, the execution log, the access log.</summary>
internal sealed class RestReports(RestMetrics metrics, ExecutionLogs logs, LogRoles roles, AccessLogWriter access, TimeProvider time)
{
    /// <summary>Opens the execution log of a request, if its method keeps one and the account has a role for it.</summary>
    public void Open(RestCall call)
    {
        var settings = MethodSettings.Of(call.Stage, call.Resource.Path!, call.HttpMethod, call.Method.HttpMethod!);
        if (settings.LoggingLevel is not ("ERROR" or "INFO") || roles.Find(call.Account, call.Region) is null)
        {
            return;
        }

        call.Log = new ExecutionLog(settings.LoggingLevel == "INFO", settings.DataTraceEnabled, time);
        call.Log.Info("Extended Request Id: " + call.ExtendedRequestId);
    }

    public void Close(RestCall call, RestAnswer answer)
    {
        var latency = time.GetElapsedTime(call.Started);
        metrics.Report(call, answer.Status, latency);
        var group = call.Stage.AccessLogSettings is { Format: not null, DestinationArn: { } arn } ? AccessLogDestination.Group(arn) : null;
        if (group is null && call.Log is null)
        {
            return;
        }

        var context = call.Context;
        context["status"] = answer.Status.ToString(CultureInfo.InvariantCulture);
        context["responseLatency"] = Milliseconds(latency);
        context["responseLength"] = answer.Body.Length.ToString(CultureInfo.InvariantCulture);
        context["integrationStatus"] = context["integration.status"] = call.IntegrationStatus?.ToString(CultureInfo.InvariantCulture);
        context["integrationLatency"] = context["integration.latency"] = call.IntegrationLatency is { } integration ? Milliseconds(integration) : null;
        if (group is not null)
        {
            var line = AccessLogFormat.Render(call.Stage.AccessLogSettings!.Format!, name => context[name]);
            access.Write(call.Account, call.Region, group, $"{call.ApiId}-{call.Stage.StageName}", line);
        }

        if (call.Log is { } log)
        {
            log.Info("Successfully completed execution");
            log.Info("Method completed with status: " + context["status"]);
            if (roles.Find(call.Account, call.Region) is { } role)
            {
                logs.Write(call, role);
            }
        }
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
}
