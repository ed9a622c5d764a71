using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Execute.Routing;

/// <summary>
/// The resources of a deployment as a tree: fixed parts before variables before greedy ones, each resource's own method before <c>ANY</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html"/>
/// </summary>
internal sealed class ResourceTree
{
    // ANY is any of these: nothing else passes, TRACE least of all.
    private static readonly string[] s_methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

    private readonly Node _root = new();

    public ResourceTree(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            var node = _root;
            foreach (var part in Parts(resource.Path ?? "/"))
            {
                node = node.Child(part);
            }

            node.Resource = resource;
        }
    }

    /// <summary>Finds the method that answers a request.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Percent-encoded, behind the stage; slashes at its ends do not count.</param>
    /// <returns>Null if no resource has the path, or the one that has it has not the method.</returns>
    public ResourceMatch? Match(string method, string path)
    {
        var parts = Parts(path);
        var variables = new List<KeyValuePair<string, string>>();
        return Find(_root, parts, 0, method, variables);
    }

    // A branch that ends without the method is left for the next best one, so that /{proxy+} takes what /a does not serve.
    private static ResourceMatch? Find(Node node, string[] parts, int at, string method, List<KeyValuePair<string, string>> variables)
    {
        if (at == parts.Length)
        {
            return node.Resource is { } resource && Method(resource, method) is { } found ? new ResourceMatch(resource, found, [.. variables]) : null;
        }

        if (node.Fixed.TryGetValue(Uri.UnescapeDataString(parts[at]), out var fixedChild)
            && Find(fixedChild, parts, at + 1, method, variables) is { } byName)
        {
            return byName;
        }

        if (node.Variable is { } variable && parts[at].Length > 0)
        {
            variables.Add(new(variable.Name, parts[at]));
            if (Find(variable, parts, at + 1, method, variables) is { } byVariable)
            {
                return byVariable;
            }

            variables.RemoveAt(variables.Count - 1);
        }

        if (node.Greedy is not { Resource: { } rest } greedy || Method(rest, method) is not { } restMethod)
        {
            return null;
        }

        variables.Add(new(greedy.Name, string.Join('/', parts[at..])));
        return new ResourceMatch(rest, restMethod, [.. variables]);
    }

    private static Method? Method(Resource resource, string method) =>
        resource.ResourceMethods is not { } methods || !s_methods.Contains(method) ? null : methods.GetValueOrDefault(method) ?? methods.GetValueOrDefault("ANY");

    private static string[] Parts(string path)
    {
        var trimmed = path.Trim('/');
        return trimmed.Length == 0 ? [] : trimmed.Split('/');
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Fixed { get; } = new(StringComparer.Ordinal);

        public Node? Variable { get; private set; }

        public Node? Greedy { get; private set; }

        /// <summary>The variable's name; empty for fixed parts.</summary>
        public string Name { get; private init; } = "";

        public Resource? Resource { get; set; }

        public Node Child(string part)
        {
            if (part is not ['{', .., '}'])
            {
                return Fixed.TryGetValue(part, out var child) ? child : Fixed[part] = new Node();
            }

            var name = part[1..^1];
            return name.EndsWith('+') ? Greedy ??= new Node { Name = name[..^1] } : Variable ??= new Node { Name = name };
        }
    }
}

/// <param name="Resource">The resource whose path it is.</param>
/// <param name="Method">Its method, or its <c>ANY</c>.</param>
/// <param name="Variables">The path's variables, still percent-encoded as AWS leaves them.</param>
internal sealed record ResourceMatch(Resource Resource, Method Method, IReadOnlyList<KeyValuePair<string, string>> Variables);
