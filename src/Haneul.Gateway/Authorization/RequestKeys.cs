using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;
using Needed = Haneul.Kernel.Operations.Authorization;

namespace Haneul.Gateway.Authorization;

/// <summary>
/// The condition keys of one permission of a request: those that every request has, and those that its operation adds.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"/>
/// </summary>
internal sealed class RequestKeys(CallContext call, Needed needed, string action, string resource, ResourceFacts facts) : IConditionKeys
{
    private const string Aws = "aws:";

    public ConditionValues Find(string key)
    {
        if (needed.Keys is { } own && own.TryGetValue(key, out var values))
        {
            return new ConditionValues(values);
        }

        if (Tag(key, "ResourceTag/", out var tag)
            && (IsGlobal(key) || key.AsSpan(0, key.IndexOf(':')).Equals(Service, StringComparison.OrdinalIgnoreCase)))
        {
            return Tagged(facts.Tags, tag);
        }

        return IsGlobal(key) ? Global(key) : Session(key);
    }

    private ReadOnlySpan<char> Service => action.AsSpan(0, Math.Max(0, action.IndexOf(':')));

    private static bool IsGlobal(string key) => key.StartsWith(Aws, StringComparison.OrdinalIgnoreCase);

    private ConditionValues Global(string key)
    {
        var principal = call.Principal;
        var isService = principal.Kind == PrincipalKind.Service;
        if (Tag(key, "PrincipalTag/", out var tag))
        {
            return Tagged(principal.Tags, tag);
        }

        Span<char> name = stackalloc char[64];
        var length = key.AsSpan(Aws.Length).ToLowerInvariant(name);
        return length < 0 ? default : name[..length] switch
        {
            "principalarn" => isService || principal.Kind == PrincipalKind.Anonymous ? null : principal.RoleArn ?? principal.Arn,
            "principalaccount" => isService || principal.Kind == PrincipalKind.Anonymous ? null : principal.Account.Value,
            "principaltype" => Type(principal.Kind),
            "principalisawsservice" => Text(isService),
            "principalservicename" => isService ? principal.Arn : null,
            "principalservicenameslist" => isService ? new ConditionValues([principal.Arn]) : default,
            "userid" => principal.UserId.Length > 0 ? principal.UserId : null,
            "username" => principal.Kind == PrincipalKind.User ? principal.UserName : null,
            "sourceip" => Address(),
            "securetransport" => call.SourceIp is null ? null : Text(call.SecureTransport),
            "currenttime" => call.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            "epochtime" => call.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            "useragent" => string.IsNullOrEmpty(call.UserAgent) ? null : call.UserAgent,
            "referer" => call.SourceIp is null ? null : call.Header("referer"),
            "requestedregion" => call.Region.Name,
            "resourceaccount" => facts.Account
                ?? (Arn.TryParse(resource, out var arn) && arn.Account.Length > 0 ? arn.Account : principal.Account.Value),
            "sourcearn" => call.SourceArn,
            "sourceaccount" => call.SourceAccount,
            "tokenissuetime" => principal.TokenIssuedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            "multifactorauthpresent" => principal.TokenIssuedAt is null ? null : Text(principal.MfaAuthenticatedAt is not null),
            "multifactorauthage" => principal.MfaAuthenticatedAt is { } since
                ? ((long)(call.Time - since).TotalSeconds).ToString(CultureInfo.InvariantCulture)
                : null,
            "federatedprovider" => principal.FederatedProvider,
            "sourceidentity" => principal.SourceIdentity,
            "viaawsservice" => "false",
            _ => Session(key),
        };
    }

    private ConditionValues Session(string key)
    {
        foreach (var (name, value) in call.Principal.SessionKeys)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return default;
    }

    /// <summary>Services call from inside: there is no address that a policy could mean.</summary>
    private ConditionValues Address() =>
        call.SourceIp is { } ip && call.Principal.Kind != PrincipalKind.Service ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : default;

    private static bool Tag(string key, string kind, out ReadOnlySpan<char> tag)
    {
        var at = key.IndexOf(':') + 1;
        tag = default;
        if (at == 0 || !key.AsSpan(at).StartsWith(kind, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        tag = key.AsSpan(at + kind.Length);
        return true;
    }

    private static ConditionValues Tagged(IReadOnlyDictionary<string, string>? tags, ReadOnlySpan<char> name)
    {
        foreach (var (key, value) in tags ?? Principal.Anonymous.Tags)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return default;
    }

    private static string Type(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Root => "Account",
        PrincipalKind.User => "User",
        PrincipalKind.AssumedRole => "AssumedRole",
        PrincipalKind.FederatedUser => "FederatedUser",
        PrincipalKind.Service => "Service",
        _ => "Anonymous",
    };

    private static string Text(bool value) => value ? "true" : "false";
}
