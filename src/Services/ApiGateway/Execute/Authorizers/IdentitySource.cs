namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>Where in a request an identity source looks.</summary>
internal enum IdentityPlace
{
    Header,
    QueryString,
    StageVariable,
    Context,
}

/// <summary>
/// A part of a request that identifies its caller: <c>method.request.header.Auth</c> of REST APIs, <c>route.request.querystring.key</c> of WebSocket
/// APIs, <c>$request.header.Authorization</c> of HTTP APIs; <c>stageVariables.name</c> and <c>context.name</c> of all, with a dollar for HTTP APIs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html"/>
/// </summary>
internal readonly record struct IdentitySource(IdentityPlace Place, string Name)
{
    private static readonly (string Prefix, IdentityPlace Place)[] s_dollar =
    [
        ("$request.header.", IdentityPlace.Header), ("$request.querystring.", IdentityPlace.QueryString),
        ("$stageVariables.", IdentityPlace.StageVariable), ("$context.", IdentityPlace.Context),
    ];

    private static readonly (string Prefix, IdentityPlace Place)[] s_plain =
    [
        ("method.request.header.", IdentityPlace.Header), ("method.request.querystring.", IdentityPlace.QueryString),
        ("method.request.multivalueheader.", IdentityPlace.Header), ("method.request.multivaluequerystring.", IdentityPlace.QueryString),
        ("route.request.header.", IdentityPlace.Header), ("route.request.querystring.", IdentityPlace.QueryString),
        ("stageVariables.", IdentityPlace.StageVariable), ("context.", IdentityPlace.Context),
    ];

    public static IdentitySource? Parse(string text)
    {
        foreach (var (prefix, place) in text.StartsWith('$') ? s_dollar : s_plain)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length)
            {
                return new IdentitySource(place, text[prefix.Length..]);
            }
        }

        return null;
    }

    /// <summary>Reads a comma-separated list, as REST APIs write it; parts that are no source are left out.</summary>
    public static IReadOnlyList<IdentitySource> ParseList(string? text) => ParseAll(
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);

    public static IReadOnlyList<IdentitySource> ParseAll(IEnumerable<string> texts) => [.. texts.Select(Parse).OfType<IdentitySource>()];

    /// <summary>The values in the request, in its order; several where a header or parameter is repeated. None if it is missing.</summary>
    public IReadOnlyList<string> Find(AuthorizerCall call)
    {
        var name = Name;
        return Place switch
        {
            IdentityPlace.Header => [.. call.Headers.Where(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value)],
            IdentityPlace.QueryString => [.. call.Query.Where(pair => pair.Key == name).Select(pair => pair.Value)],
            IdentityPlace.StageVariable => call.StageVariables?.GetValueOrDefault(name) is { } variable ? [variable] : [],
            _ => call.Context(name) is { } value ? [value] : [],
        };
    }
}
