using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Routes;

namespace Haneul.ApiGateway.Execute;

/// <summary>
/// The routes of a deployment, the most specific first: fixed parts before variables before greedy ones, methods before ANY, and <c>$default</c>
/// last. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"/>
/// </summary>
internal sealed class RouteTable
{
    private readonly Entry[] _entries;
    private readonly RouteMatch? _default;

    public RouteTable(DeploymentRecord deployment)
    {
        var integrations = deployment.Integrations.ToDictionary(integration => "integrations/" + integration.IntegrationId, StringComparer.Ordinal);
        var authorizers = (deployment.Authorizers ?? []).ToDictionary(authorizer => authorizer.AuthorizerId!, StringComparer.Ordinal);
        var entries = new List<Entry>();
        foreach (var route in deployment.Routes)
        {
            if (!RouteKey.TryParse(route.RouteKey, out var key))
            {
                continue;
            }

            var integration = route.Target is null ? null : integrations.GetValueOrDefault(route.Target);
            var authorizer = route.AuthorizerId is null ? null : authorizers.GetValueOrDefault(route.AuthorizerId);
            var match = new RouteMatch(route, authorizer, integration, []);
            if (key.IsDefault)
            {
                _default = match;
            }
            else
            {
                entries.Add(new Entry(key, match));
            }
        }

        entries.Sort(static (a, b) => Compare(a.Key, b.Key));
        _entries = [.. entries];
    }

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Percent-encoded; begins with a slash. A slash at the end does not count.</param>
    public RouteMatch? Match(string method, string path)
    {
        var trimmed = path.AsSpan(1);
        trimmed = trimmed.EndsWith("/") ? trimmed[..^1] : trimmed;
        var segments = trimmed.Length == 0 ? [] : trimmed.ToString().Split('/');
        foreach (var entry in _entries)
        {
            if ((entry.Key.Method == method || entry.Key.Method == "ANY") && TryMatch(entry.Key.Segments, segments, out var variables))
            {
                return variables.Count == 0 ? entry.Match : entry.Match with { Variables = variables };
            }
        }

        return _default;
    }

    private static bool TryMatch(IReadOnlyList<string> pattern, string[] segments, out IReadOnlyList<KeyValuePair<string, string>> variables)
    {
        variables = [];
        List<KeyValuePair<string, string>>? found = null;
        for (var i = 0; i < pattern.Count; i++)
        {
            if (i >= segments.Length)
            {
                return false;
            }

            if (!RouteKey.IsVariable(pattern[i]))
            {
                if (pattern[i] != Uri.UnescapeDataString(segments[i]))
                {
                    return false;
                }

                continue;
            }

            var greedy = RouteKey.IsGreedy(pattern[i]);
            var text = greedy ? string.Join('/', segments[i..]) : segments[i];
            if (text.Length == 0)
            {
                return false;
            }

            (found ??= []).Add(new(RouteKey.VariableName(pattern[i]), Uri.UnescapeDataString(text)));
            if (greedy)
            {
                variables = found;
                return true;
            }
        }

        variables = found ?? variables;
        return pattern.Count == segments.Length;
    }

    private static int Compare(RouteKey a, RouteKey b)
    {
        for (var i = 0; i < Math.Min(a.Segments.Count, b.Segments.Count); i++)
        {
            var difference = Rank(a.Segments[i]) - Rank(b.Segments[i]);
            if (difference != 0)
            {
                return difference;
            }
        }

        var length = b.Segments.Count - a.Segments.Count;
        return length != 0 ? length : (a.Method == "ANY" ? 1 : 0) - (b.Method == "ANY" ? 1 : 0);
    }

    private static int Rank(string segment) => !RouteKey.IsVariable(segment) ? 0 : RouteKey.IsGreedy(segment) ? 2 : 1;

    private sealed record Entry(RouteKey Key, RouteMatch Match);
}

/// <param name="Route">The route.</param>
/// <param name="Authorizer">Whom it asks; null if it does not.</param>
/// <param name="Integration">Where it leads; null if nowhere.</param>
/// <param name="Variables">The path's variables, decoded.</param>
internal sealed record RouteMatch(
    Route Route, Authorizer? Authorizer, ApiIntegration? Integration, IReadOnlyList<KeyValuePair<string, string>> Variables)
{
    /// <summary>As it was written.</summary>
    public string RouteKey => Route.RouteKey;
}
