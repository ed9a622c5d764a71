using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Velocity;
using Haneul.ApiGateway.Velocity.Paths;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// Reads where a mapped parameter comes from: <c>method.request.header.name</c>, <c>context.name</c>, <c>stageVariables.name</c>, <c>'static'</c>, or a
/// part of a body. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html"/>
/// </summary>
internal static class ParameterSource
{
    private const string Method = "method.request.";
    private const string Response = "integration.response.";

    /// <returns>The values, of which most places take the last; null where there is none.</returns>
    public static IReadOnlyList<string>? Request(string source, RestCall call) =>
        source.StartsWith(Method, StringComparison.Ordinal) ? FromRequest(source[Method.Length..], call) : Common(source, call);

    /// <param name="source">As it is written.</param>
    /// <param name="call">The request.</param>
    /// <param name="answer">What the integration answered.</param>
    public static IReadOnlyList<string>? Answer(string source, RestCall call, RestAnswer answer)
    {
        if (!source.StartsWith(Response, StringComparison.Ordinal))
        {
            return Common(source, call);
        }

        var place = source[Response.Length..];
        var (kind, name) = Split(place);
        return kind switch
        {
            "header" => RestAnswer.Last(answer.Headers, name) is { } last ? [last] : null,
            "multivalueheader" => All(answer.Headers, name, StringComparison.OrdinalIgnoreCase),
            "body" => FromBody(name, answer.Body),
            _ => null,
        };
    }

    private static List<string>? FromRequest(string place, RestCall call)
    {
        var (kind, name) = Split(place);
        return kind switch
        {
            "header" => call.Header(name) is { } last ? [last] : null,
            "multivalueheader" => All(call.Headers, name, StringComparison.OrdinalIgnoreCase),
            "querystring" => call.QueryValue(name) is { } last ? [last] : null,
            "multivaluequerystring" => All(call.Query, name, StringComparison.Ordinal),
            "path" => call.PathParameter(name) is { } value ? [value] : null,
            "body" => FromBody(name, call.Body),
            _ => null,
        };
    }

    private static IReadOnlyList<string>? Common(string source, RestCall call)
    {
        if (source is ['\'', .., '\''])
        {
            return [source[1..^1]];
        }

        var (root, name) = Split(source);
        return root switch
        {
            "context" => Context(name, call) is { } value ? [value] : null,
            "stageVariables" => call.StageVariables.TryGetValue(name, out var variable) ? [variable] : null,
            _ => null,
        };
    }

    private static string? Context(string name, RestCall call) => call.Context[name];

    private static List<string>? FromBody(string path, ReadOnlyMemory<byte> body) =>
        path.Length == 0 ? [Encoding.UTF8.GetString(body.Span)] : Find(Encoding.UTF8.GetString(body.Span), path) is { } value ? [value] : null;

    private static string? Find(string body, string path)
    {
        try
        {
            return JsonPath.Parse(path[0] == '$' ? path : "$." + path).Evaluate(JsonText.Parse(body)) switch
            {
                null or VelocityNothing => null,
                string text => text,
                var value => JsonText.Of(value),
            };
        }
        catch (Exception exception) when (exception is JsonException or VelocityException)
        {
            return null; // No JSON, or no path.
        }
    }

    private static List<string>? All(IReadOnlyList<KeyValuePair<string, string>> pairs, string name, StringComparison comparison)
    {
        var values = pairs.Where(pair => pair.Key.Equals(name, comparison)).Select(pair => pair.Value).ToList();
        return values.Count == 0 ? null : values;
    }

    private static (string Head, string Tail) Split(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (text, "") : (text[..dot], text[(dot + 1)..]);
    }
}
