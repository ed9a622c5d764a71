using System.Globalization;
using System.Text;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Authorization;
using Haneul.ApiGateway.Rest.Execute.Integrations;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Rest.Execute.Caching;

/// <summary>
/// Answers from the stage's cache where the method's settings have it: GET methods, and others that say so themselves. Clients with the permission
/// <c>execute-api:InvalidateCache</c> have an answer made anew by <c>Cache-Control: max-age=0</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html"/>
/// </summary>
internal sealed class MethodCache(StageCaches caches, MethodAuthorization authorization, IntegrationRunner integrations, TimeProvider time)
{
    private const string Ignored = "199 Cache-control headers were ignored because the caller was unauthorized.";

    /// <summary>Answers from the cache, or asks the integration and keeps what it says.</summary>
    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, CancellationToken cancel)
    {
        var settings = MethodSettings.Of(call.Stage, call.Resource.Path!, call.HttpMethod, call.Method.HttpMethod!);
        if (!call.IsTest && call.Stage.CacheClusterEnabled != true)
        {
            // A cache that was switched off comes back empty.
            caches.Flush(call.ApiId, call.Stage.StageName!);
        }

        if (call.IsTest || call.Stage.CacheClusterEnabled != true || settings.CacheTtlInSeconds <= 0 || !IsCached(call, settings))
        {
            return await integrations.RunAsync(call, cancel);
        }

        var warning = false;
        var anew = AsksAnew(call);
        if (anew && settings.RequireAuthorizationForCacheControl && !await authorization.MayAsync(call, "execute-api:InvalidateCache", cancel))
        {
            if (settings.UnauthorizedCacheControlHeaderStrategy == "FAIL_WITH_403")
            {
                return GatewayFault.AccessDenied("User is not authorized to invalidate the cache");
            }

            anew = false;
            warning = settings.UnauthorizedCacheControlHeaderStrategy == "SUCCEED_WITH_RESPONSE_HEADER";
        }

        // A canary has entries of its own unless it shares the stage's.
        var cache = caches.Of(call.ApiId, call.Stage.StageName!, call.Stage.CacheClusterSize);
        var key = Key(call);
        if (!anew && cache.Find(key, time.GetUtcNow()) is { } kept)
        {
            call.IsCacheHit = true;
            call.Log?.Info("Returning cached response");
            return Answer(kept.Open(), warning);
        }

        call.IsCacheHit = false;
        var outcome = await integrations.RunAsync(call, cancel);
        if (outcome.Answer is not { } answer)
        {
            return outcome;
        }

        if (answer.Status is >= 200 and <= 299 && answer.Body.Length <= StageCache.MaxAnswer)
        {
            cache.Put(key, CachedAnswer.Of(answer, settings.CacheDataEncrypted), time.GetUtcNow().AddSeconds(settings.CacheTtlInSeconds));
        }

        return Answer(answer, warning);
    }

    private static RestAnswer Answer(RestAnswer answer, bool warning) =>
        warning ? answer with { Headers = [.. answer.Headers, new("Warning", Ignored)] } : answer;

    private static bool IsCached(RestCall call, MethodSettings settings) =>
        settings.OwnCachingEnabled ?? (call.HttpMethod == "GET" && settings.AllCachingEnabled == true);

    private static bool AsksAnew(RestCall call) =>
        call.Header("Cache-Control")?.Split(',').Any(part => part.Trim().Equals("max-age=0", StringComparison.OrdinalIgnoreCase)) == true;

    // Each part comes with its length, so that no two requests share a key by accident.
    private static string Key(RestCall call)
    {
        var key = new StringBuilder();
        Add(key, call.Integration.CacheNamespace is { Length: > 0 } space ? space : call.Resource.Id);
        Add(key, call.HttpMethod);
        Add(key, call.IsCanary && call.Stage.CanarySettings?.UseStageCache != true ? call.DeploymentId : null);
        foreach (var parameter in (call.Integration.CacheKeyParameters ?? []).Order(StringComparer.Ordinal))
        {
            Add(key, parameter);
            var source = parameter.StartsWith("integration.request.", StringComparison.Ordinal)
                ? call.Integration.RequestParameters?.GetValueOrDefault(parameter) ?? ""
                : parameter;
            foreach (var value in ParameterSource.Request(source, call) ?? [])
            {
                Add(key, value);
            }

            key.Append(';');
        }

        return key.ToString();
    }

    private static void Add(StringBuilder key, string? part) => key.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}");
}
