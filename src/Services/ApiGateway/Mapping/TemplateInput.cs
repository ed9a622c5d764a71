using System.Text.Json;
using Haneul.ApiGateway.Velocity.Paths;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Mapping;

/// <summary>
/// <c>$input</c>: the body and the parameters of what is mapped.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html"/>
/// </summary>
/// <param name="body">As text.</param>
/// <param name="path">Path parameters.</param>
/// <param name="query">Query parameters.</param>
/// <param name="headers">Headers, by the names that were sent.</param>
internal sealed class TemplateInput(
    string body, IReadOnlyDictionary<string, string> path, IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> headers) : IVelocityObject
{
    private object? _json;
    private bool _parsed;

    public object? Get(string name) => name == "body" ? body : null;

    public object? Invoke(string method, object?[] arguments) => (method, arguments) switch
    {
        ("path", [var at]) => Find(JavaText.Of(at)) ?? VelocityNothing.Instance,
        ("json", [var at]) => Find(JavaText.Of(at)) is var found and not VelocityNothing ? JsonText.Of(found) : "\"\"",
        ("params", []) => new VelocityMap([new("path", Map(path)), new("querystring", Map(query)), new("header", Map(headers))]),
        ("params", [var name]) => Parameter(JavaText.Of(name)),
        ("getBody", []) => body,
        _ => null,
    };

    // A body that is not JSON is one text.
    private object? Find(string at)
    {
        if (!_parsed)
        {
            _parsed = true;
            try
            {
                _json = body.Length == 0 ? VelocityNothing.Instance : JsonText.Parse(body);
            }
            catch (JsonException)
            {
                _json = body;
            }
        }

        return JsonPath.Parse(at).Evaluate(_json);
    }

    private string Parameter(string name)
    {
        if (path.TryGetValue(name, out var value) || query.TryGetValue(name, out value) || headers.TryGetValue(name, out value))
        {
            return value;
        }

        // Header names are not told apart by case.
        foreach (var (header, found) in headers)
        {
            if (header.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return found;
            }
        }

        return "";
    }

    private static VelocityMap Map(IReadOnlyDictionary<string, string> values) => new(values.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)));
}
