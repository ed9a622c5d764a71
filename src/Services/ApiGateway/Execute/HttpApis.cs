using System.Collections.Concurrent;
using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Integrations;
using Haneul.Http;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute;

/// <summary>Serves HTTP APIs: finds stage and route, calls the function, answers as it says.</summary>
internal sealed class HttpApis(ApiTable apis, IEnumerable<IFunctions> functions, TimeProvider time, ILogger<HttpApis> log) : IApiKind
{
    private const int MaxPayload = 10 * 1024 * 1024;
    private const int MaxTables = 1024;

    private static readonly string[] s_dropped = ["connection", "content-length", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade"];

    // A deployment never changes, so neither does its table.
    private readonly ConcurrentDictionary<(string Api, string Deployment), RouteTable> _tables = new();

    public async ValueTask<bool> TryHandleAsync(ApiRequest request)
    {
        if (ApiTable.Find(apis.Partition, request.Address.ApiId) is not { } api)
        {
            return false;
        }

        await HandleAsync(request, api);
        return true;
    }

    private async Task HandleAsync(ApiRequest request, ApiRecord api)
    {
        var (http, requestId, address, rawQuery) = request;
        http.Response.Headers["apigw-requestid"] = requestId;
        if (api.Api.DisableExecuteApiEndpoint == true)
        {
            await MessageAnswer.SendAsync(http, 403, "Forbidden");
            return;
        }

        if (api.Api.CorsConfiguration is { } cors && await AnswerPreflightAsync(http, cors))
        {
            return;
        }

        var (stage, path) = FindStage(address);
        var route = stage?.DeploymentId is null ? null : Table(address.ApiId, stage.DeploymentId)?.Match(http.Request.Method, path);
        if (stage is null || route is null)
        {
            await MessageAnswer.SendAsync(http, 404, "Not Found");
            return;
        }

        if (await RequestBody.ReadAsync(http.Request, MaxPayload, http.RequestAborted) is not { } body)
        {
            await MessageAnswer.SendAsync(http, 413, "Request Entity Too Large");
            return;
        }

        await CallAsync(http, Describe(http, api, stage, route, path, rawQuery, body, requestId));
    }

    private async Task CallAsync(HttpContext http, ApiCall call)
    {
        if (call.Route.Integration is not { } integration || FunctionUri.Parse(integration.IntegrationUri!) is not { } function
            || functions.FirstOrDefault() is not { } port)
        {
            await MessageAnswer.SendAsync(http, 500, "Internal Server Error");
            return;
        }

        var account = AccountId.Parse(call.Api.Account);
        var origin = new CallContext
        {
            Principal = Principal.Service("apigateway.amazonaws.com", account),
            Region = Region.TryParse(call.Api.Region, out var region) ? region : Region.Default,
            RequestId = call.RequestId,
            Time = call.Time,
            Endpoint = $"{http.Request.Scheme}://{http.Request.Host.Value}",
            SourceArn = call.SourceArn,
            SourceAccount = call.Api.Account,
        };
        var format = integration.PayloadFormatVersion ?? "1.0";
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(integration.TimeoutInMillis ?? IntegrationRules.DefaultTimeout), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        try
        {
            var arn = FunctionUri.Resolve(function, call.Stage.StageVariables);
            var outcome = await port.InvokeAsync(arn, EventWriter.Write(call, format), origin, either.Token);
            if (!outcome.Succeeded)
            {
                Log.NotCalled(log, call.RequestId, call.Api.Api.ApiId, call.Route.RouteKey, outcome.Error.Shape.Name, outcome.Error.Message);

                // Too many at once is a matter of time; everything else is the API's own fault.
                await (outcome.Error.Shape.Status == 429 ? MessageAnswer.SendAsync(http, 503, "Service Unavailable") : MessageAnswer.SendAsync(http, 500, "Internal Server Error"));
                return;
            }

            var answer = outcome.Value.FunctionError is null ? FunctionAnswer.Parse(outcome.Value.Payload, format) : null;
            if (answer is null)
            {
                Log.BadAnswer(log, call.RequestId, call.Api.Api.ApiId, call.Route.RouteKey);
            }

            await (answer is null ? MessageAnswer.SendAsync(http, 500, "Internal Server Error") : SendAsync(http, answer));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            await MessageAnswer.SendAsync(http, 503, "Service Unavailable");
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private static async Task SendAsync(HttpContext http, FunctionAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            // A page's rights are the API's to give where it has a CORS configuration.
            var isCors = name.StartsWith("access-control-", StringComparison.OrdinalIgnoreCase) && http.Response.Headers.ContainsKey("Access-Control-Allow-Origin");
            if (!isCors && !s_dropped.Contains(name, StringComparer.OrdinalIgnoreCase) && IsHeader(name, value))
            {
                http.Response.Headers.Append(name, value);
            }
        }

        if (answer.Status is not (204 or 304 or < 200))
        {
            http.Response.ContentLength = answer.Body.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted);
            }
        }
    }

    private static bool IsHeader(string name, string value) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
        && value.All(c => c is '\t' or (>= ' ' and < '\u007f'));

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
        ApiTable.Read(apis.Partition, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, api, name), ApiGatewayRecords.Default.Stage);

    private RouteTable? Table(string api, string deployment)
    {
        if (_tables.TryGetValue((api, deployment), out var table))
        {
            return table;
        }

        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Deployments, api, deployment);
        if (ApiTable.Read(apis.Partition, key, ApiGatewayRecords.Default.DeploymentRecord) is not { } record)
        {
            return null;
        }

        if (_tables.Count >= MaxTables)
        {
            _tables.Clear();
        }

        return _tables[(api, deployment)] = new RouteTable(record);
    }

    /// <returns>True when the request was a preflight and has been answered.</returns>
    private static async Task<bool> AnswerPreflightAsync(HttpContext http, Cors cors)
    {
        var headers = http.Response.Headers;
        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return false;
        }

        var allowed = CorsRules.AllowedOrigin(cors, origin);
        if (allowed is not null)
        {
            headers.AccessControlAllowOrigin = allowed;
            headers.Vary = "Origin";
            if (cors.AllowCredentials == true)
            {
                headers.AccessControlAllowCredentials = "true";
            }

            if (cors.ExposeHeaders is { Count: > 0 } exposed)
            {
                headers.AccessControlExposeHeaders = string.Join(',', exposed);
            }
        }

        if (!HttpMethods.IsOptions(http.Request.Method) || !http.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            return false;
        }

        http.Response.StatusCode = 204;
        if (allowed is not null)
        {
            headers.AccessControlAllowMethods = cors.AllowMethods is { Count: > 0 } methods ? string.Join(',', methods) : default;
            headers.AccessControlAllowHeaders = cors.AllowHeaders is { Count: > 0 } names ? string.Join(',', names) : default;
            headers.AccessControlMaxAge = cors.MaxAge is { } age ? age.ToString(System.Globalization.CultureInfo.InvariantCulture) : default;
        }

        await http.Response.CompleteAsync();
        return true;
    }

    private ApiCall Describe(
        HttpContext http, ApiRecord api, Stage stage, RouteMatch route, string path, string rawQuery, ReadOnlyMemory<byte> body, string requestId)
    {
        var decoded = Uri.UnescapeDataString(path);
        var sourceIp = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in http.Request.Headers)
        {
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value ?? "")));
        }

        headers.Add(new("X-Forwarded-For", sourceIp));
        headers.Add(new("X-Forwarded-Port", http.Connection.LocalPort.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        headers.Add(new("X-Forwarded-Proto", http.Request.Scheme));
        return new ApiCall
        {
            Api = api,
            Stage = stage,
            Route = route,
            Method = http.Request.Method,
            Path = stage.StageName == "$default" ? decoded : $"/{stage.StageName}{decoded}",
            RawQuery = rawQuery,
            Query = ParseQuery(rawQuery),
            Headers = headers,
            Body = body,
            IsText = IsText(http.Request.ContentType, body),
            Host = http.Request.Host.Host,
            Protocol = http.Request.Protocol,
            SourceIp = sourceIp,
            UserAgent = http.Request.Headers.UserAgent.ToString(),
            RequestId = requestId,
            Time = time.GetUtcNow(),
        };
    }

    private static List<KeyValuePair<string, string>> ParseQuery(string rawQuery)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(new(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..])));
        }

        return pairs;

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    // What is named as text and is text; everything else travels in base64.
    private static bool IsText(string? contentType, ReadOnlyMemory<byte> body)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return (type.Length == 0 || type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal)
                || type.EndsWith("xml", StringComparison.Ordinal) || type is "application/javascript")
            && System.Text.Unicode.Utf8.IsValid(body.Span);
    }
}
