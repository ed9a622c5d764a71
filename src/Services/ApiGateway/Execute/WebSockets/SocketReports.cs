using System.Collections.Concurrent;
using System.Globalization;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.AccessLogs;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// Writes the access logs and metrics of WebSocket APIs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html"/>
/// </summary>
internal sealed class SocketReports(MetricReporter reporter, AccessLogWriter logs)
{
    private const string Namespace = "AWS/ApiGateway";

    private readonly ConcurrentDictionary<(string Api, string? Stage, string? Route), Series> _series = new();

    /// <param name="e">What happened.</param>
    /// <param name="stage">Where.</param>
    /// <param name="status">How it went: 200, or 400 and more.</param>
    /// <param name="integration">How long the integration took; null if it was not called.</param>
    /// <param name="reply">What it answered.</param>
    public void Record(SocketEvent e, Stage stage, int status, TimeSpan? integration, SocketReply? reply)
    {
        var id = e.Connection.ApiId;
        Add(Find(e.Connection, id, null, null), e, status, integration, reply);
        Add(Find(e.Connection, id, stage.StageName, null), e, status, integration, reply);
        var detailed = stage.RouteSettings?.GetValueOrDefault(e.RouteKey)?.DetailedMetricsEnabled ?? stage.DefaultRouteSettings?.DetailedMetricsEnabled;
        if (detailed == true)
        {
            Add(Find(e.Connection, id, stage.StageName, e.RouteKey), e, status, integration, reply);
        }

        if (stage.AccessLogSettings is { Format: { } format, DestinationArn: { } arn } && AccessLogDestination.Group(arn) is { } group)
        {
            var variables = e.Variables();
            variables["status"] = status.ToString(CultureInfo.InvariantCulture);
            variables["error.message"] = reply?.Error;
            variables["integrationStatus"] = reply?.Status.ToString(CultureInfo.InvariantCulture);
            variables["integrationLatency"] = integration is { } took ? ((long)took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : null;
            logs.Write(e.Connection.Account, e.Connection.Region, group, $"{id}/{stage.StageName}", AccessLogFormat.Render(format, name => variables[name]));
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

    private static void Add(Series series, SocketEvent e, int status, TimeSpan? integration, SocketReply? reply)
    {
        (e.Type == "CONNECT" ? series.Connects : series.Messages).Add(1);
        series.ClientErrors.Add(status is >= 400 and < 500 ? 1 : 0);
        series.ExecutionErrors.Add(status >= 500 && reply is null ? 1 : 0);
        series.IntegrationErrors.Add(reply?.Error is null ? 0 : 1);
        if (integration is { } took)
        {
            series.IntegrationLatency.Add(took.TotalMilliseconds);
        }
    }

    private Series Find(SocketConnection connection, string api, string? stage, string? route) => _series.GetOrAdd(
        (api, stage, route), static (key, state) => new Series(state.reporter, state.connection, Dimensions(key.Api, key.Stage, key.Route)), (reporter, connection));

    private static MetricDimension[] Dimensions(string api, string? stage, string? route) =>
        stage is null ? [new("ApiId", api)] : route is null ? [new("ApiId", api), new("Stage", stage)] : [new("ApiId", api), new("Stage", stage), new("Route", route)];

    private sealed class Series(MetricReporter reporter, SocketConnection connection, MetricDimension[] dimensions)
    {
        public MetricSeries Connects { get; } = New(reporter, connection, "ConnectCount", MetricUnit.Count, dimensions);

        public MetricSeries Messages { get; } = New(reporter, connection, "MessageCount", MetricUnit.Count, dimensions);

        public MetricSeries ClientErrors { get; } = New(reporter, connection, "ClientError", MetricUnit.Count, dimensions);

        public MetricSeries ExecutionErrors { get; } = New(reporter, connection, "ExecutionError", MetricUnit.Count, dimensions);

        public MetricSeries IntegrationErrors { get; } = New(reporter, connection, "IntegrationError", MetricUnit.Count, dimensions);

        public MetricSeries IntegrationLatency { get; } = New(reporter, connection, "IntegrationLatency", MetricUnit.Milliseconds, dimensions);

        public List<MetricSeries> All => [Connects, Messages, ClientErrors, ExecutionErrors, IntegrationErrors, IntegrationLatency];

        private static MetricSeries New(MetricReporter reporter, SocketConnection connection, string name, string unit, MetricDimension[] dimensions) =>
            reporter.Series(
                AccountId.Parse(connection.Account), Region.TryParse(connection.Region, out var region) ? region : Region.Default, Namespace, name, unit,
                distribution: unit == MetricUnit.Milliseconds, dimensions);
    }
}
