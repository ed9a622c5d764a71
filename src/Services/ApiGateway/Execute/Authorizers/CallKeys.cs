using System.Globalization;
using Haneul.Policy.Conditions;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// The condition keys that an authorizer's policy may ask.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html"/>
/// </summary>
internal sealed class CallKeys(AuthorizerCall call, string principalId) : IConditionKeys
{
    public ConditionValues Find(string key) => key.ToLowerInvariant() switch
    {
        "aws:currenttime" => call.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "aws:epochtime" => call.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "aws:referer" => Header("referer"),
        "aws:requestedregion" => call.Region,
        "aws:resourceaccount" or "aws:principalaccount" => call.Account,
        "aws:securetransport" => call.SecureTransport ? "true" : "false",
        "aws:sourceip" => call.SourceIp is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : null,
        "aws:useragent" => string.IsNullOrEmpty(call.UserAgent) ? null : call.UserAgent,
        "aws:userid" => principalId,
        _ => default(ConditionValues),
    };

    private string? Header(string name) => call.Headers.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
