using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>
/// Which mapping expressions integrations may have.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html"/>
/// </summary>
internal static class MappingRules
{
    private static readonly string[] s_targets = ["integration.request.header.", "integration.request.querystring.", "integration.request.path."];

    private static readonly string[] s_requestPlaces =
    [
        "method.request.querystring.", "method.request.header.", "method.request.path.", "method.request.multivaluequerystring.",
        "method.request.multivalueheader.",
    ];

    private static readonly string[] s_responsePlaces =
        ["integration.response.header.", "integration.response.multivalueheader.", "integration.response.body."];

    public static void CheckRequest(IReadOnlyDictionary<string, string>? parameters, Method method)
    {
        foreach (var (target, source) in parameters ?? new Dictionary<string, string>())
        {
            if (!Begins(target, s_targets))
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {target}");
            }

            if (Begins(source, s_requestPlaces))
            {
                CheckDeclared(source, method);
            }
            else if (source is not "method.request.body" && !(source?.StartsWith("method.request.body.", StringComparison.Ordinal) ?? false)
                && !IsGeneral(source))
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {source}");
            }
        }
    }

    public static void CheckResponse(IReadOnlyDictionary<string, string>? parameters, MethodResponse? response)
    {
        foreach (var (target, source) in parameters ?? new Dictionary<string, string>())
        {
            if (!target.StartsWith("method.response.header.", StringComparison.Ordinal))
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {target}");
            }

            if (response?.ResponseParameters?.ContainsKey(target) != true)
            {
                throw RestFaults.Mapping($"Invalid mapping expression parameter specified: {target}");
            }

            if (!Begins(source, s_responsePlaces) && source is not "integration.response.body" && !IsGeneral(source))
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {source}");
            }
        }
    }

    /// <summary>Maps of templates are by content type.</summary>
    public static void CheckTemplates(IReadOnlyDictionary<string, string>? templates)
    {
        foreach (var type in templates?.Keys ?? [])
        {
            if (!type.Contains('/', StringComparison.Ordinal) && type != "$default")
            {
                throw RestFaults.Validation($"Invalid content type specified: {type}");
            }
        }
    }

    // A value of a multi-value parameter may be declared under the name of the single one, and the other way round.
    private static void CheckDeclared(string source, Method method)
    {
        var declared = method.RequestParameters;
        if (declared is null
            || !(declared.ContainsKey(source) || declared.ContainsKey(source.Replace(".multivalue", ".", StringComparison.Ordinal))))
        {
            throw RestFaults.Mapping($"Invalid mapping expression parameter specified: {source}");
        }
    }

    private static bool IsGeneral(string? source) => source is ['\'', .., '\'']
        || source?.StartsWith("context.", StringComparison.Ordinal) == true
        || source?.StartsWith("stageVariables.", StringComparison.Ordinal) == true;

    private static bool Begins(string? text, string[] heads) =>
        text is not null && Array.Exists(heads, head => text.Length > head.Length && text.StartsWith(head, StringComparison.Ordinal));
}
