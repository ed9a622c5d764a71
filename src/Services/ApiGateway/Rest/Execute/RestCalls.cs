using System.Globalization;
using System.Net;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>Reads requests: which stage they are for, what their deployment is, and what <c>$context</c> says of them.</summary>
internal sealed class RestCalls(KeptRecords records, RestSites sites, IIdSource ids, TimeProvider time)
{
    /// <returns>Null if the path names no stage, or one that serves nothing.</returns>
    public RestCall? Read(ApiRequest request, RestApiRecord record)
    {
        var (name, path) = StageAndPath(request.Address);
        if (name.Length == 0 || records.FindStage(request.Address.ApiId, name) is not { } stage || stage.DeploymentId is null)
        {
            return null;
        }

        var canary = IsCanary(stage.CanarySettings) ? stage.CanarySettings : null;
        var deployment = canary?.DeploymentId ?? stage.DeploymentId;
        if (sites.Find(request.Address.ApiId, deployment) is not { } site)
        {
            return null;
        }

        var http = request.Http;
        var now = time.GetUtcNow();
        var trace = TraceIds.Of(http.Request.Headers["X-Amzn-Trace-Id"], now, ids);
        var source = SourceIp(http.Connection.RemoteIpAddress);
        var call = new RestCall
        {
            Account = record.Account,
            Region = record.Region,
            ApiId = record.Api.Id!,
            Site = site,
            Stage = stage,
            DeploymentId = deployment,
            StageVariables = Variables(stage, canary),
            IsCanary = canary is not null,
            RequestId = request.RequestId,
            ExtendedRequestId = NewExtendedId(ids),
            TraceId = trace,
            HttpMethod = http.Request.Method,
            Path = path,
            RequestPath = request.Address.Domain is not null ? request.Address.BasePath + "/" + request.Address.Path.TrimStart('/')
                : request.Address.Stage is null ? "/" + request.Address.Path.TrimStart('/') : $"/{name}{request.Address.Path}",
            Query = QueryText.Parse(request.RawQuery),
            Headers = ReadHeaders(http, source, trace),
            Host = http.Request.Host.Host,
            Scheme = http.Request.Scheme,
            Protocol = http.Request.Protocol,
            SourceIp = source,
            Time = now,
            Started = time.GetTimestamp(),
            Context = new ContextVariables(),
        };
        Describe(call);
        if (stage.CanarySettings is not null)
        {
            call.Context["isCanaryRequest"] = call.IsCanary ? "true" : "false";
        }

        return call;
    }

    public static string NewExtendedId(IIdSource ids) => ids.NewString(15, RandomIdSource.Base32) + "=";

    /// <summary>Has <c>$context</c> say what the request is, when it is asked.</summary>
    public static void Describe(RestCall call) => call.Context.DescribeLater(context =>
    {
        context.Offer("accountId", call.Account);
        context.Offer("apiId", call.ApiId);
        context.Offer("deploymentId", call.DeploymentId);
        context.Offer("domainName", call.Host);
        context.Offer("domainPrefix", call.Host.Split('.')[0]);
        context.Offer("extendedRequestId", call.ExtendedRequestId);
        context.Offer("httpMethod", call.HttpMethod);
        context.Offer("identity.sourceIp", call.SourceIp);
        context.Offer("identity.userAgent", call.Header("User-Agent"));
        context.Offer("path", call.RequestPath);
        context.Offer("protocol", call.Protocol);
        context.Offer("requestId", call.RequestId);
        context.Offer("requestTime", EventJson.LogTime(call.Time));
        context.Offer("requestTimeEpoch", call.Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        context.Offer("stage", call.Stage.StageName);
        context.Offer("xrayTraceId", call.TraceId.Replace("Root=", "", StringComparison.Ordinal).Split(';')[0]);
    });

    public static void Describe(RestCall call, Resource resource, Method method)
    {
        call.Resource = resource;
        call.Method = method;
        call.Context.DescribeLater(context =>
        {
            context.Offer("resourceId", resource.Id);
            context.Offer("resourcePath", resource.Path);
        });
    }

    // A stage stands first in the path of a host's request; slashes before it and behind it do not count.
    private static (string Stage, string Path) StageAndPath(ApiAddress address)
    {
        if (address.Stage is { } named)
        {
            return (named, "/" + address.Path.TrimStart('/'));
        }

        var path = address.Path.TrimStart('/');
        var end = path.IndexOf('/', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(end < 0 ? path : path[..end]), "/" + (end < 0 ? "" : path[end..].TrimStart('/')));
    }

    private bool IsCanary(CanarySettings? canary)
    {
        if (canary?.DeploymentId is null || canary.PercentTraffic is not > 0)
        {
            return false;
        }

        Span<byte> chance = stackalloc byte[4];
        ids.Fill(chance);
        return BitConverter.ToUInt32(chance) / (uint.MaxValue + 1.0) * 100 < canary.PercentTraffic;
    }

    private static IReadOnlyDictionary<string, string> Variables(Stage stage, CanarySettings? canary)
    {
        var own = stage.Variables ?? new Dictionary<string, string>();
        if (canary?.StageVariableOverrides is not { Count: > 0 } overrides)
        {
            return own;
        }

        var all = new Dictionary<string, string>(own, StringComparer.Ordinal);
        foreach (var (name, value) in overrides)
        {
            all[name] = value;
        }

        return all;
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(HttpContext http, string source, string trace)
    {
        var headers = new List<KeyValuePair<string, string>>();
        string? forwarded = null;
        foreach (var (name, values) in http.Request.Headers)
        {
            if (name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
            {
                forwarded = string.Join(", ", values.ToArray());
            }
            else if (!HeaderRules.EndsAtTheApi(name) && !IsOurs(name))
            {
                headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value ?? "")));
            }
        }

        headers.Add(new("X-Amzn-Trace-Id", trace));
        headers.Add(new("X-Forwarded-For", forwarded is null ? source : $"{forwarded}, {source}"));
        headers.Add(new("X-Forwarded-Port", http.Connection.LocalPort.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new("X-Forwarded-Proto", http.Request.Scheme));
        return headers;
    }

    // What a client sends of these is not believed.
    private static bool IsOurs(string name) =>
        name.Equals("X-Amzn-Trace-Id", StringComparison.OrdinalIgnoreCase) || name.Equals("X-Forwarded-Port", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Forwarded-Proto", StringComparison.OrdinalIgnoreCase);

    private static string SourceIp(IPAddress? address) => address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
