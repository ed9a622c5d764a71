using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.AccessLogs;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Stages;

/// <summary>
/// What a stage's settings of routes and logs may be.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html"/>
/// </summary>
internal static class RouteSettingRules
{
    /// <summary>The account's limits, which a stage or a route may not exceed.</summary>
    public const int MaxBurst = 5000;

    public const double MaxRate = 10_000;

    public static ServiceError? Refusal(
        string protocol, ApiParts parts, RouteSettings? byDefault, IReadOnlyDictionary<string, RouteSettings>? byRoute, AccessLogSettings? logs, CallContext context)
    {
        foreach (var (key, settings) in byRoute ?? new Dictionary<string, RouteSettings>())
        {
            if (!parts.Routes.Exists(route => route.RouteKey == key))
            {
                return ApiGatewayV2Errors.NotFoundException.With($"Unable to find Route by key {key} within the provided RouteSettings");
            }

            if (Why(protocol, settings) is { } wrong)
            {
                return ApiGatewayV2Errors.BadRequestException.With(wrong);
            }
        }

        var why = (byDefault is null ? null : Why(protocol, byDefault)) ?? (logs is null ? null : WhyNot(logs, context));
        return why is null ? null : ApiGatewayV2Errors.BadRequestException.With(why);
    }

    /// <summary>Settings over those that were there: what is not given stays.</summary>
    public static RouteSettings Merged(RouteSettings? old, RouteSettings given) => new()
    {
        DataTraceEnabled = given.DataTraceEnabled ?? old?.DataTraceEnabled,
        DetailedMetricsEnabled = given.DetailedMetricsEnabled ?? old?.DetailedMetricsEnabled,
        LoggingLevel = given.LoggingLevel ?? old?.LoggingLevel,
        ThrottlingBurstLimit = given.ThrottlingBurstLimit ?? old?.ThrottlingBurstLimit,
        ThrottlingRateLimit = given.ThrottlingRateLimit ?? old?.ThrottlingRateLimit,
    };

    public static IReadOnlyDictionary<string, RouteSettings>? Merged(
        IReadOnlyDictionary<string, RouteSettings>? old, IReadOnlyDictionary<string, RouteSettings>? given)
    {
        if (given is null)
        {
            return old;
        }

        var merged = old is null ? new Dictionary<string, RouteSettings>() : new Dictionary<string, RouteSettings>(old);
        foreach (var (key, settings) in given)
        {
            merged[key] = Merged(merged.GetValueOrDefault(key), settings);
        }

        return merged;
    }

    private static string? Why(string protocol, RouteSettings settings)
    {
        var logs = settings.DataTraceEnabled == true || settings.LoggingLevel is not (null or LoggingLevel.Off);
        return settings.LoggingLevel is not (null or LoggingLevel.Off or LoggingLevel.Error or LoggingLevel.Info)
                ? "Invalid logging level. Must be one of [ERROR, INFO, OFF]"
            : logs && protocol == ProtocolType.Http ? "Execution logs are not supported on protocol type HTTP"
            : logs ? "Haneul does not support execution logs of WebSocket APIs yet."
            : settings.ThrottlingBurstLimit is < 0 or > MaxBurst ? $"Invalid throttling burst limit: it must be between 0 and {MaxBurst}."
            : settings.ThrottlingRateLimit is { } rate && !(rate is >= 0 and <= MaxRate) ? $"Invalid throttling rate limit: it must be between 0 and {MaxRate}."
            : null;
    }

    private static string? WhyNot(AccessLogSettings logs, CallContext context) =>
        AccessLogDestination.Refusal(logs.DestinationArn, context) ?? AccessLogFormat.Refusal(logs.Format);
}
