using System.Globalization;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>
/// Settings of a stage for all methods (<c>*/*</c>) or one (<c>pets/GET</c>, <c>~1pets~1{id}/GET</c>). Those of one method begin as what all have.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html"/>
/// </summary>
internal static class MethodSettings
{
    public const string All = "*/*";

    private const string Paths =
        "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, "
        + "/accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, "
        + "/{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, "
        + "/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit"
        + "/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, "
        + "/{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, "
        + "/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, "
        + "/*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, "
        + "/*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, "
        + "/*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]";

    /// <summary>The settings that a request to a method gets: its own, else those of all methods; null if the stage has neither.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="resourcePath">The path of the resource, such as <c>/pets/{id}</c>.</param>
    /// <param name="httpMethod">The method of the resource; may be ANY.</param>
    public static MethodSetting? For(Stage stage, string resourcePath, string httpMethod)
    {
        foreach (var (key, setting) in stage.MethodSettings ?? new Dictionary<string, MethodSetting>())
        {
            var slash = key.LastIndexOf('/');
            if (slash >= 0 && key != All && key.AsSpan(slash + 1).SequenceEqual(httpMethod)
                && key[..slash].Replace("~1", "/", StringComparison.Ordinal).Trim('/') == resourcePath.Trim('/'))
            {
                return setting;
            }
        }

        return stage.MethodSettings?.GetValueOrDefault(All);
    }

    public static ServiceException WrongPath(string path) =>
        RestFaults.BadRequest($"Invalid method setting path: {path}. Must be one of: {Paths}");

    public static void Set(IPartitionReader reader, Stage stage, string path, string? value, CallContext context)
    {
        var parts = path.Split('/');
        if (parts.Length < 5 || parts[0].Length > 0)
        {
            throw WrongPath(path);
        }

        var key = string.Join('/', parts[1..^2]);
        var setting = stage.MethodSettings?.GetValueOrDefault(key) ?? New(stage.MethodSettings?.GetValueOrDefault(All));
        switch ($"{parts[^2]}/{parts[^1]}")
        {
            case "metrics/enabled":
                setting.MetricsEnabled = Texts.IsTrue(value);
                break;
            case "logging/dataTrace":
                setting.DataTraceEnabled = Texts.IsTrue(value);
                break;
            case "logging/loglevel":
                setting.LoggingLevel = LogLevel(reader, value, context);
                break;
            case "throttling/burstLimit":
                setting.ThrottlingBurstLimit = Whole(path, value, least: -1, most: int.MaxValue);
                break;
            case "throttling/rateLimit":
                setting.ThrottlingRateLimit = double.TryParse(value, CultureInfo.InvariantCulture, out var rate)
                    && rate >= -1 && double.IsFinite(rate)
                    ? rate
                    : throw Wrong(path, value);
                break;
            case "caching/enabled":
                setting.CachingEnabled = Texts.IsTrue(value);
                break;
            case "caching/ttlInSeconds":
                setting.CacheTtlInSeconds = Whole(path, value, least: 0, most: 3600);
                break;
            case "caching/dataEncrypted":
                setting.CacheDataEncrypted = Texts.IsTrue(value);
                break;
            case "caching/requireAuthorizationForCacheControl":
                setting.RequireAuthorizationForCacheControl = Texts.IsTrue(value);
                break;
            case "caching/unauthorizedCacheControlHeaderStrategy":
                setting.UnauthorizedCacheControlHeaderStrategy = Strategy(path, value);
                break;
            default:
                throw WrongPath(path);
        }

        stage.MethodSettings = Texts.With(stage.MethodSettings, key, setting);
    }

    public static void Remove(Stage stage, string path)
    {
        var key = path.StartsWith('/') ? path[1..] : path;
        if (stage.MethodSettings?.ContainsKey(key) != true)
        {
            throw RestFaults.BadRequest($"Cannot remove method setting {key} because there is no method setting for this method ");
        }

        stage.MethodSettings = Texts.Without(stage.MethodSettings, key) ?? [];
    }

    private static MethodSetting New(MethodSetting? all) => new()
    {
        MetricsEnabled = all?.MetricsEnabled ?? false,
        LoggingLevel = all?.LoggingLevel,
        DataTraceEnabled = all?.DataTraceEnabled ?? false,
        ThrottlingBurstLimit = all?.ThrottlingBurstLimit ?? 5000,
        ThrottlingRateLimit = all?.ThrottlingRateLimit ?? 10_000,
        CachingEnabled = all?.CachingEnabled ?? false,
        CacheTtlInSeconds = all?.CacheTtlInSeconds ?? 300,
        CacheDataEncrypted = all?.CacheDataEncrypted ?? false,
        RequireAuthorizationForCacheControl = all?.RequireAuthorizationForCacheControl ?? true,
        UnauthorizedCacheControlHeaderStrategy = all?.UnauthorizedCacheControlHeaderStrategy
            ?? UnauthorizedCacheControlHeaderStrategy.SucceedWithResponseHeader,
    };

    private static string LogLevel(IPartitionReader reader, string? value, CallContext context)
    {
        if (value is not ("OFF" or "ERROR" or "INFO"))
        {
            throw RestFaults.BadRequest("Invalid logging level specified. Must be one of: [OFF, ERROR, INFO]");
        }

        return value == "OFF" || AccountTable.Settings(reader, context).CloudwatchRoleArn is not null
            ? value
            : throw RestFaults.BadRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
    }

    private static string Strategy(string path, string? value) =>
        value is UnauthorizedCacheControlHeaderStrategy.FailWith403 or UnauthorizedCacheControlHeaderStrategy.SucceedWithResponseHeader
            or UnauthorizedCacheControlHeaderStrategy.SucceedWithoutResponseHeader
            ? value
            : throw Wrong(path, value);

    private static int Whole(string path, string? value, int least, int most) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : throw Wrong(path, value);

    private static ServiceException Wrong(string path, string? value) =>
        RestFaults.BadRequest($"Invalid value {value ?? "null"} specified for method setting path: {path}");
}
