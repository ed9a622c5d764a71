using System.Collections.Concurrent;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.AccessLogs;
using Haneul.ApiGateway.Execute.Throttling;
using Haneul.Http;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Serves HTTP APIs: finds stage and route, asks whether the request may pass, calls the integration, answers as it says.</summary>
internal sealed class HttpApis(
    ApiTable apis, RouteAuthorization authorization, RouteIntegrations integrations, Throttles throttles, HttpMetrics metrics, AccessLogWriter logs,
    TimeProvider time) : IApiKind
{
    private const int MaxPayload = 10 * 1024 * 1024;
    private const int MaxTables = 1024;

    // A deployment never changes, so neither does its table.
    private readonly ConcurrentDictionary<(string Api, string Deployment), RouteTable> _tables = new();

    public async ValueTask<bool> TryHandleAsync(ApiRequest request)
    {
        if (ApiTable.Find(apis.Partition, request.Address.ApiId) is not { Api.ProtocolType: ProtocolType.Http } api)
        {
            return false;
        }

        var exchange = new HttpExchange(request.Http, api, request.RequestId, time.GetUtcNow(), time.GetTimestamp());
        request.Http.Response.Headers["apigw-requestid"] = request.RequestId;
        try
        {
            await HandleAsync(exchange, request.Address, request.RawQuery);
        }
        catch (OperationCanceledException) when (request.Http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }

        Record(exchange);
        return true;
    }

    private async Task HandleAsync(HttpExchange exchange, ApiAddress address, string rawQuery)
    {
        var http = exchange.Http;
        if (exchange.Api.Api.DisableExecuteApiEndpoint == true && address.Domain is null)
        {
            await exchange.FailAsync(403, "Forbidden");
            return;
        }

        if (exchange.Api.Api.CorsConfiguration is { } cors && await CorsAnswer.AnswerAsync(http, cors))
        {
            return;
        }

        var (stage, path) = FindStage(address);
        exchange.Stage = stage;
        exchange.Route = stage?.DeploymentId is null ? null : Table(address.ApiId, stage.DeploymentId)?.Match(http.Request.Method, path);
        if (stage is null || exchange.Route is null)
        {
            await exchange.FailAsync(404, "Not Found");
            return;
        }

        if (!TakeToken(exchange, stage, exchange.Route))
        {
            await exchange.FailAsync(429, "Too Many Requests");
            return;
        }

        exchange.Call = CallReader.Read(exchange, address, path, rawQuery);
        if (!await authorization.AskAuthorizerAsync(exchange, Context))
        {
            return;
        }

        if (await RequestBody.ReadAsync(http.Request, MaxPayload, http.RequestAborted) is not { } body)
        {
            await exchange.FailAsync(413, "Request Entity Too Large");
            return;
        }

        exchange.Call = CallReader.WithBody(exchange.Call, http.Request, body);
        if (await authorization.AskPoliciesAsync(exchange))
        {
            await integrations.RunAsync(exchange, Context);
        }

        string? Context(string name) => ContextOfExchange.Find(exchange, name, () => time.GetElapsedTime(exchange.Started));
    }

    private bool TakeToken(HttpExchange exchange, Stage stage, RouteMatch route)
    {
        var own = stage.RouteSettings?.GetValueOrDefault(route.RouteKey);
        var rate = own?.ThrottlingRateLimit ?? stage.DefaultRouteSettings?.ThrottlingRateLimit;
        var burst = own?.ThrottlingBurstLimit ?? stage.DefaultRouteSettings?.ThrottlingBurstLimit;
        var limited = rate is not null || burst is not null;
        var key = new ThrottleKey("route", $"{exchange.Api.Api.ApiId}/{stage.StageName}", route.RouteKey);
        return (!limited || throttles.TryTake(key, rate ?? Throttles.AccountRate, burst ?? Throttles.AccountBurst))
            && throttles.TryTakeOfAccount(exchange.Api.Account, exchange.Api.Region);
    }

    private void Record(HttpExchange exchange)
    {
        var latency = time.GetElapsedTime(exchange.Started);
        metrics.Record(exchange, latency);
        if (exchange.Stage is { AccessLogSettings: { Format: { } format, DestinationArn: { } arn } } stage && AccessLogDestination.Group(arn) is { } group)
        {
            var line = AccessLogFormat.Render(format, name => ContextOfExchange.Find(exchange, name, () => latency));
            logs.Write(exchange.Api.Account, exchange.Api.Region, group, $"{exchange.Api.Api.ApiId}/{stage.StageName.TrimStart('$')}", line);
        }
    }

    private (Stage? Stage, string Path) FindStage(ApiAddress address)
    {
        if (address.Stage is { } named)
        {
            return (Stage(address.ApiId, named), address.Path);
        }

        // A first part that is a stage's name means the stage; everything else is the default stage's.
        var end = address.Path.IndexOf('/', 1);
        var first = Uri.UnescapeDataString(end < 0 ? address.Path[1..] : address.Path[1..end]);
        return first.Length > 0 && first != "$default" && Stage(address.ApiId, first) is { } stage
            ? (stage, end < 0 ? "/" : address.Path[end..])
            : (Stage(address.ApiId, "$default"), address.Path);
    }

    private Stage? Stage(string api, string name) =>
        StoredJson.Read(apis.Partition, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, api, name), ApiGatewayRecords.Default.Stage);

    private RouteTable? Table(string api, string deployment)
    {
        if (_tables.TryGetValue((api, deployment), out var table))
        {
            return table;
        }

        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, api, deployment);
        if (StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.DeploymentRecord) is not { } record)
        {
            return null;
        }

        if (_tables.Count >= MaxTables)
        {
            _tables.Clear();
        }

        return _tables[(api, deployment)] = new RouteTable(record);
    }
}
