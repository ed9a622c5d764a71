using System.Text;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Maps a request to what its integration is asked: parameters, then the template, then what the template overrides.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html"/>
/// </summary>
internal sealed class RequestMapping(MappingTemplates templates)
{
    private const string Target = "integration.request.";

    public IntegrationRequest? Map(RestCall call, out GatewayFault? fault)
    {
        var integration = call.Integration;
        var headers = new List<KeyValuePair<string, string>>();
        var query = new List<KeyValuePair<string, string>>();
        var path = new Dictionary<string, string>(StringComparer.Ordinal);
        var proxy = integration.Type == "HTTP_PROXY";
        if (proxy)
        {
            headers.AddRange(call.Headers.Where(header => !IsOfTheHop(header.Key)));
            query.AddRange(call.Query);
        }

        MapParameters(call, integration, headers, query, path);
        var body = Body(call, integration, proxy, out fault);
        if (fault is not null)
        {
            return null;
        }

        ApplyOverrides(call.Overrides, headers, query, path);
        var service = integration.Type is "AWS" or "AWS_PROXY";
        if (headers.Find(header => HeaderRules.IsIllegal(header.Key, service)) is { Key: { } illegal })
        {
            call.Log?.Error($"Execution failed due to configuration error: Header {illegal} is not allowed to be set in an integration request");
            fault = GatewayFault.Configuration;
            return null;
        }

        var uri = IntegrationUri.Fill(
            FunctionUri.Resolve(integration.Uri ?? "", call.StageVariables),
            name => path.GetValueOrDefault(name) ?? (service ? null : call.PathParameter(name)));
        var method = integration.HttpMethod is { } own && own != "ANY" ? own : call.HttpMethod;
        return new IntegrationRequest(method, uri, headers, query, body);
    }

    // The endpoint has its own name, and compressed bodies have been opened.
    private static bool IsOfTheHop(string header) =>
        header.Equals("host", StringComparison.OrdinalIgnoreCase) || header.Equals("via", StringComparison.OrdinalIgnoreCase)
        || header.Equals("content-encoding", StringComparison.OrdinalIgnoreCase);

    private static void MapParameters(
        RestCall call,
        RestIntegration integration,
        List<KeyValuePair<string, string>> headers,
        List<KeyValuePair<string, string>> query,
        Dictionary<string, string> path)
    {
        foreach (var (target, source) in integration.RequestParameters ?? new Dictionary<string, string>())
        {
            if (!target.StartsWith(Target, StringComparison.Ordinal) || ParameterSource.Request(source, call) is not { Count: > 0 } values)
            {
                continue;
            }

            var place = target[Target.Length..];
            var dot = place.IndexOf('.', StringComparison.Ordinal);
            var (kind, name) = dot < 0 ? (place, "") : (place[..dot], place[(dot + 1)..]);
            switch (kind)
            {
                case "header":
                    headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
                    headers.Add(new(name, string.Join(',', values)));
                    break;
                case "querystring":
                    query.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value)));
                    break;
                case "path":
                    path[name] = values[^1];
                    break;
            }
        }
    }

    private ReadOnlyMemory<byte> Body(RestCall call, RestIntegration integration, bool proxy, out GatewayFault? fault)
    {
        fault = null;
        var contentType = call.Header("Content-Type") ?? "application/json";
        var binary = call.Site.Binary.Has(contentType);
        if (integration.Type == "AWS_PROXY")
        {
            return call.Body; // The event says itself how its body is written.
        }

        if (ContentHandling.Request(call.Body, binary, integration.ContentHandling) is not { } body)
        {
            call.Log?.Error("Execution failed due to configuration error: Unable to base64 decode the body.");
            fault = GatewayFault.Internal;
            return default;
        }

        if (proxy)
        {
            return body;
        }

        var template = RequestTemplate(integration, contentType, out fault);
        if (template is null || fault is not null)
        {
            return body;
        }

        if (templates.Render(template, call, body, isResponse: false) is not { } text)
        {
            fault = GatewayFault.Configuration;
            return default;
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The template for a content type; none where the body passes as it is.</summary>
    /// <seealso href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html"/>
    private static string? RequestTemplate(RestIntegration integration, string contentType, out GatewayFault? fault)
    {
        fault = null;
        var type = contentType.Split(';')[0].Trim();
        var defined = integration.RequestTemplates;
        if (defined?.GetValueOrDefault(type) is { } template)
        {
            return template;
        }

        var passes = integration.PassthroughBehavior switch
        {
            "NEVER" => false,
            "WHEN_NO_TEMPLATES" => defined is not { Count: > 0 },
            _ => true,
        };
        if (!passes)
        {
            fault = GatewayFault.UnsupportedMediaType;
        }

        return null;
    }

    private static void ApplyOverrides(
        Overrides overrides, List<KeyValuePair<string, string>> headers, List<KeyValuePair<string, string>> query, Dictionary<string, string> path)
    {
        foreach (var (name, values) in overrides.RequestHeaders)
        {
            headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value)));
        }

        foreach (var (name, values) in overrides.RequestQuery)
        {
            query.RemoveAll(pair => pair.Key == name);
            query.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value)));
        }

        foreach (var (name, value) in overrides.RequestPath)
        {
            path[name] = value;
        }
    }
}
