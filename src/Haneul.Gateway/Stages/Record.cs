using System.Diagnostics;
using Haneul.Gateway.Observability;
using Microsoft.Extensions.Logging;

namespace Haneul.Gateway.Stages;

/// <summary>Stage 10: what became of a request, for those who watch: metric, activity, access log.</summary>
internal sealed class Record(TimeProvider time, ILogger<Record> log, AccessLog? accessLog)
{
    /// <summary>Begins the request's activity, if anybody listens.</summary>
    public static Activity? Start(GatewayRequest request)
    {
        var activity = Telemetry.Source.StartActivity("request", ActivityKind.Server);
        activity?.SetTag("aws.request_id", request.RequestId);
        return activity;
    }

    public void Finish(GatewayRequest request, Activity? activity, long started)
    {
        var watched = accessLog is not null || Telemetry.Duration.Enabled || activity is not null || log.IsEnabled(LogLevel.Debug);
        if (!watched)
        {
            return;
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var status = request.Http.Response.StatusCode;
        var service = request.Service?.Model.ServiceId ?? request.Site;
        var operation = request.Row?.Operation.Name;
        var error = request.Error?.Shape.Name;
        Telemetry.Duration.Record(
            elapsed.TotalSeconds, new("rpc.service", service), new("rpc.method", operation), new("http.response.status_code", status), new("error.type", error));
        if (activity is not null)
        {
            activity.DisplayName = operation is null ? service ?? "request" : $"{service}.{operation}";
            activity.SetTag("rpc.system", "aws-api");
            activity.SetTag("rpc.service", service);
            activity.SetTag("rpc.method", operation);
            activity.SetTag("http.response.status_code", status);
            activity.SetTag("cloud.account.id", request.Call?.Account.Value);
            activity.SetTag("cloud.region", request.Call?.Region.Name);
            if (error is not null)
            {
                activity.SetStatus(ActivityStatusCode.Error, error);
            }
        }

        accessLog?.Write(new AccessLogEntry(
            time.GetUtcNow(), request.RequestId, request.Http.Connection.RemoteIpAddress?.ToString(), request.Call?.Principal.Arn, service, operation,
            request.Http.Request.Method, request.Wire.RawPath, status, error, elapsed.TotalMilliseconds));
        Log.Served(log, request.RequestId, request.Row?.Operation, status, error, elapsed.TotalMilliseconds);
    }
}
