namespace Haneul.ApiGateway.Execute.Calls;

internal enum MappingAction
{
    Append,
    Overwrite,
    Remove,
}

internal enum MappingTarget
{
    Header,
    QueryString,
    Path,
    StatusCode,
}

/// <summary>
/// One rule of a parameter mapping: <c>append:header.name</c>, <c>overwrite:path</c>, <c>remove:querystring.name</c>, <c>overwrite:statuscode</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html"/>
/// </summary>
internal sealed record MappingRule(MappingAction Action, MappingTarget Target, string Name, MappingValue? Value);

/// <summary>The rules of a request or of a response, in the order of their names.</summary>
internal static class ParameterMapping
{
    // Headers that belong to the connection, to API Gateway or to the caller's identity.
    private static readonly string[] s_reserved =
    [
        "authorization", "connection", "content-encoding", "content-length", "content-location", "forwarded", "keep-alive", "origin", "proxy-authenticate",
        "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
    ];

    private static readonly string[] s_reservedPrefixes = ["access-control-", "apigw-", "x-amz-", "x-amzn-"];

    /// <summary>Reads rules that were checked when they were stored.</summary>
    public static IReadOnlyList<MappingRule> Parse(IReadOnlyDictionary<string, string>? parameters, bool ofResponse) =>
        [.. (parameters ?? new Dictionary<string, string>()).Select(pair => TryParse(pair.Key, pair.Value, ofResponse, out _)).OfType<MappingRule>()];

    /// <summary>Why the rules cannot be taken, or null.</summary>
    public static string? Refusal(IReadOnlyDictionary<string, string>? parameters, bool ofResponse)
    {
        foreach (var (key, value) in parameters ?? new Dictionary<string, string>())
        {
            if (TryParse(key, value, ofResponse, out var wrong) is null)
            {
                return wrong;
            }
        }

        return null;
    }

    private static MappingRule? TryParse(string key, string value, bool ofResponse, out string? wrong)
    {
        wrong = $"Invalid mapping expression specified: {key}";
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var action = colon < 0 ? null : key[..colon] switch
        {
            "append" => MappingAction.Append,
            "overwrite" => MappingAction.Overwrite,
            "remove" => MappingAction.Remove,
            _ => (MappingAction?)null,
        };
        if (action is null || Target(key[(colon + 1)..], ofResponse) is not var (target, name)
            || (target is MappingTarget.Path or MappingTarget.StatusCode && action != MappingAction.Overwrite))
        {
            return null;
        }

        if (target == MappingTarget.Header && IsReserved(name))
        {
            wrong = $"Operations on header {name} are restricted";
            return null;
        }

        var parsed = action == MappingAction.Remove ? null : MappingValue.Parse(value, ofResponse);
        if (action != MappingAction.Remove && parsed is null)
        {
            wrong = $"Invalid mapping expression specified: {value}";
            return null;
        }

        wrong = null;
        return new MappingRule(action.Value, target, name, parsed);
    }

    private static (MappingTarget Target, string Name)? Target(string text, bool ofResponse)
    {
        const string header = "header.";
        const string query = "querystring.";
        return text.StartsWith(header, StringComparison.Ordinal) && text.Length > header.Length ? (MappingTarget.Header, text[header.Length..])
            : ofResponse ? (text == "statuscode" ? (MappingTarget.StatusCode, "") : null)
            : text.StartsWith(query, StringComparison.Ordinal) && text.Length > query.Length ? (MappingTarget.QueryString, text[query.Length..])
            : text == "path" ? (MappingTarget.Path, "")
            : null;
    }

    private static bool IsReserved(string name) => s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase)
        || s_reservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Changes a list of headers or parameters by a rule.</summary>
    public static void Apply(MappingRule rule, List<KeyValuePair<string, string>> pairs, Func<string, string?> find)
    {
        var ignoreCase = rule.Target == MappingTarget.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var value = rule.Value?.Evaluate(find);
        if (rule.Action == MappingAction.Remove || (rule.Action == MappingAction.Overwrite && value is not null))
        {
            pairs.RemoveAll(pair => pair.Key.Equals(rule.Name, ignoreCase));
        }

        if (rule.Action != MappingAction.Remove && value is not null)
        {
            pairs.Add(new(rule.Name, value));
        }
    }
}
