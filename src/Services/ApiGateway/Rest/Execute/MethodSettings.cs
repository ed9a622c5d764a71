using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>
/// A stage's settings for one method: its own, and where it has none those of <c>*/*</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html"/>
/// </summary>
internal readonly struct MethodSettings
{
    private static readonly MethodSetting s_none = new();

    private readonly MethodSetting _own;
    private readonly MethodSetting _all;

    private MethodSettings(MethodSetting own, MethodSetting all, bool hasOwn) => (_own, _all, HasOwn) = (own, all, hasOwn);

    /// <summary>Whether the method is named itself.</summary>
    public bool HasOwn { get; }

    public bool MetricsEnabled => _own.MetricsEnabled ?? _all.MetricsEnabled ?? false;

    /// <summary>OFF, ERROR or INFO.</summary>
    public string LoggingLevel => _own.LoggingLevel ?? _all.LoggingLevel ?? "OFF";

    public bool DataTraceEnabled => _own.DataTraceEnabled ?? _all.DataTraceEnabled ?? false;

    /// <summary>Requests in a second; null where the account's limit alone counts.</summary>
    public double? ThrottlingRateLimit => _own.ThrottlingRateLimit ?? _all.ThrottlingRateLimit;

    public int? ThrottlingBurstLimit => _own.ThrottlingBurstLimit ?? _all.ThrottlingBurstLimit;

    /// <summary>Null where neither says it: then a stage's cache serves GET methods alone.</summary>
    public bool? OwnCachingEnabled => HasOwn ? _own.CachingEnabled : null;

    public bool? AllCachingEnabled => _all.CachingEnabled;

    public int CacheTtlInSeconds => _own.CacheTtlInSeconds ?? _all.CacheTtlInSeconds ?? 300;

    public bool CacheDataEncrypted => _own.CacheDataEncrypted ?? _all.CacheDataEncrypted ?? false;

    public bool RequireAuthorizationForCacheControl => _own.RequireAuthorizationForCacheControl ?? _all.RequireAuthorizationForCacheControl ?? true;

    public string UnauthorizedCacheControlHeaderStrategy =>
        _own.UnauthorizedCacheControlHeaderStrategy ?? _all.UnauthorizedCacheControlHeaderStrategy ?? "SUCCEED_WITH_RESPONSE_HEADER";

    /// <param name="stage">The stage.</param>
    /// <param name="path">The resource's path, with its variables' names.</param>
    /// <param name="methods">The method as the API names it, and as the client sent it: <c>ANY</c> and <c>GET</c>.</param>
    public static MethodSettings Of(Stage stage, string path, params ReadOnlySpan<string> methods)
    {
        MethodSetting? own = null, all = null;
        foreach (var (key, setting) in stage.MethodSettings ?? new Dictionary<string, MethodSetting>())
        {
            var slash = key.LastIndexOf('/');
            var (place, method) = slash < 0 ? ("", key) : (key[..slash].Replace("~1", "/", StringComparison.Ordinal), key[(slash + 1)..]);
            if (place == "*" && method == "*")
            {
                all = setting;
            }
            else if (place.Trim('/') == path.Trim('/') && (method == "*" || methods.Contains(method)))
            {
                own = setting;
            }
        }

        return new MethodSettings(own ?? s_none, all ?? s_none, own is not null);
    }
}
