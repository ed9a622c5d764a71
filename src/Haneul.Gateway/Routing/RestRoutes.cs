using Haneul.Kernel.Operations;
using Haneul.Wire;

namespace Haneul.Gateway.Routing;

/// <summary>
/// The paths of a REST service as a tree of segments. Literal segments win over labels, labels over greedy ones; a route's fixed query
/// parameters must be there too, and more of them win over fewer.
/// </summary>
internal sealed class RestRoutes
{
    private readonly Node _root = new();

    public RestRoutes(ServiceModel model)
    {
        foreach (var operation in model.Operations)
        {
            Add(operation.Name, operation.Http);
        }

        foreach (var operation in model.Unserved)
        {
            Add(operation.Name, operation.Http);
        }
    }

    /// <summary>The operation's name and what its labels matched.</summary>
    public (string Operation, RouteLabels Labels)? Match(string method, string rawPath, string rawQuery)
    {
        var segments = Segments(rawPath);
        var captured = new List<(string Name, string Text)>();
        return Match(_root, segments, 0, method, rawQuery, captured) is { } route
            ? (route.Operation, new RouteLabels([.. captured.Select(label => KeyValuePair.Create(label.Name, PercentEncoding.Decode(label.Text)))]))
            : null;
    }

    private static Route? Match(Node node, string[] segments, int at, string method, string query, List<(string Name, string Text)> captured)
    {
        if (at == segments.Length)
        {
            return node.Find(method, query);
        }

        if (node.Literals.TryGetValue(segments[at], out var literal) && Match(literal, segments, at + 1, method, query, captured) is { } found)
        {
            return found;
        }

        foreach (var (name, next) in node.Labels)
        {
            if (segments[at].Length == 0)
            {
                continue;
            }

            captured.Add((name, segments[at]));
            if (Match(next, segments, at + 1, method, query, captured) is { } below)
            {
                return below;
            }

            captured.RemoveAt(captured.Count - 1);
        }

        foreach (var (name, next) in node.Greedy)
        {
            for (var end = segments.Length; end > at; end--)
            {
                captured.Add((name, string.Join('/', segments[at..end])));
                if (Match(next, segments, end, method, query, captured) is { } below)
                {
                    return below;
                }

                captured.RemoveAt(captured.Count - 1);
            }
        }

        return null;
    }

    private void Add(string operation, HttpBinding? http)
    {
        if (http is null)
        {
            return;
        }

        var question = http.Uri.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? http.Uri : http.Uri[..question];
        var fixedQuery = question < 0 ? [] : http.Uri[(question + 1)..].Split('&');
        var node = _root;
        foreach (var segment in Segments(path))
        {
            if (segment.StartsWith('{') && segment.EndsWith("+}", StringComparison.Ordinal))
            {
                node = Node.Enter(node.Greedy, segment[1..^2]);
            }
            else if (segment.StartsWith('{') && segment.EndsWith('}'))
            {
                node = Node.Enter(node.Labels, segment[1..^1]);
            }
            else
            {
                node = node.Literals.TryGetValue(segment, out var next) ? next : node.Literals[segment] = new Node();
            }
        }

        node.Routes.Add(new Route(operation, http.Method, fixedQuery));
        node.Routes.Sort((a, b) => b.Query.Length.CompareTo(a.Query.Length));
    }

    // A slash at the end makes no difference.
    private static string[] Segments(string path)
    {
        var trimmed = path.AsSpan().TrimStart('/');
        trimmed = trimmed.EndsWith("/") ? trimmed[..^1] : trimmed;
        return trimmed.IsEmpty ? [] : trimmed.ToString().Split('/');
    }

    private sealed record Route(string Operation, string Method, string[] Query);

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public List<(string Name, Node Node)> Labels { get; } = [];

        public List<(string Name, Node Node)> Greedy { get; } = [];

        public List<Route> Routes { get; } = [];

        public static Node Enter(List<(string Name, Node Node)> children, string name)
        {
            foreach (var (known, node) in children)
            {
                if (known == name)
                {
                    return node;
                }
            }

            var added = new Node();
            children.Add((name, added));
            return added;
        }

        public Route? Find(string method, string query)
        {
            foreach (var route in Routes)
            {
                if (route.Method == method && Array.TrueForAll(route.Query, wanted => Has(query, wanted)))
                {
                    return route;
                }
            }

            return null;
        }

        private static bool Has(string query, string wanted)
        {
            foreach (var range in query.AsSpan().Split('&'))
            {
                var pair = query.AsSpan()[range];
                if (pair.SequenceEqual(wanted)
                    || (!wanted.Contains('=', StringComparison.Ordinal) && pair.StartsWith(wanted) && pair.Length > wanted.Length && pair[wanted.Length] == '='))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
