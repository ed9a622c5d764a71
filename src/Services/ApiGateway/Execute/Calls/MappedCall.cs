namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Applies an integration's parameter mapping to a request and to an answer.</summary>
internal static class MappedCall
{
    /// <summary>The request as the integration sees it, and the path if the mapping sets one.</summary>
    public static (ApiCall Call, string? Path) Request(ApiCall call, ApiIntegration integration, Func<string, string?> find)
    {
        var rules = ParameterMapping.Parse(integration.RequestParameters, ofResponse: false);
        if (rules.Count == 0)
        {
            return (call, null);
        }

        // All rules see the request as it was.
        var headers = call.Headers.ToList();
        var query = call.Query.ToList();
        string? path = null;
        foreach (var rule in rules)
        {
            switch (rule.Target)
            {
                case MappingTarget.Header:
                    ParameterMapping.Apply(rule, headers, find);
                    break;
                case MappingTarget.QueryString:
                    ParameterMapping.Apply(rule, query, find);
                    break;
                default:
                    path = rule.Value!.Evaluate(find) ?? path;
                    break;
            }
        }

        var changesQuery = rules.Any(rule => rule.Target == MappingTarget.QueryString);
        var mapped = call with
        {
            Headers = headers.Where(header => HeaderRules.IsValid(header.Key, header.Value)).ToList(),
            Query = query,
            RawQuery = changesQuery ? string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")) : call.RawQuery,
        };
        return (path is null ? mapped : mapped with { Path = path.StartsWith('/') ? path : "/" + path }, path);
    }

    /// <summary>The answer as the client sees it.</summary>
    public static FunctionAnswer Response(FunctionAnswer answer, ApiIntegration integration, Func<string, string?> find)
    {
        var status = answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (integration.ResponseParameters?.GetValueOrDefault(status) is not { } parameters)
        {
            return answer;
        }

        var headers = answer.Headers.ToList();
        var code = answer.Status;
        foreach (var rule in ParameterMapping.Parse(parameters, ofResponse: true))
        {
            if (rule.Target == MappingTarget.Header)
            {
                ParameterMapping.Apply(rule, headers, name => Find(answer, name, find));
            }
            else if (int.TryParse(rule.Value!.Evaluate(name => Find(answer, name, find)), out var wanted) && wanted is >= 200 and <= 599)
            {
                code = wanted;
            }
        }

        return new FunctionAnswer(code, headers, answer.Body);
    }

    /// <summary>The value of a variable of a request's mapping.</summary>
    /// <param name="call">The request.</param>
    /// <param name="name">Without the dollar.</param>
    /// <param name="context">Context variables.</param>
    public static string? Find(ApiCall call, string name, Func<string, string?> context)
    {
        const string header = "request.header.";
        const string query = "request.querystring.";
        const string path = "request.path.";
        const string body = "request.body.";
        const string variable = "stageVariables.";
        const string of = "context.";
        return name switch
        {
            "request.path" => call.InnerPath,
            "request.body" => call.Body.Length == 0 ? null : System.Text.Encoding.UTF8.GetString(call.Body.Span),
            _ when After(name, header) is { } rest => Joined(call.Headers, rest, StringComparison.OrdinalIgnoreCase),
            _ when After(name, query) is { } rest => Joined(call.Query, rest, StringComparison.Ordinal),
            _ when After(name, path) is { } rest => call.Route.Variables.FirstOrDefault(pair => pair.Key == rest).Value,
            _ when After(name, body) is { } rest => BodyPath.Read(call.Body, rest),
            _ when After(name, variable) is { } rest => call.Stage.StageVariables?.GetValueOrDefault(rest),
            _ when After(name, of) is { } rest => context(rest),
            _ => null,
        };
    }

    private static string? Find(FunctionAnswer answer, string name, Func<string, string?> find)
    {
        const string header = "response.header.";
        const string body = "response.body.";
        return name == "response.body" ? System.Text.Encoding.UTF8.GetString(answer.Body.Span)
            : After(name, header) is { } key ? Joined(answer.Headers, key, StringComparison.OrdinalIgnoreCase)
            : After(name, body) is { } path ? BodyPath.Read(answer.Body, path)
            : find(name);
    }

    private static string? After(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;

    private static string? Joined(IReadOnlyList<KeyValuePair<string, string>> pairs, string name, StringComparison comparison)
    {
        var values = pairs.Where(pair => pair.Key.Equals(name, comparison)).Select(pair => pair.Value).ToList();
        return values.Count == 0 ? null : string.Join(',', values);
    }
}
