using System.Globalization;
using System.Text;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Maps what an integration answered to what the client gets: the integration response is chosen, its headers are mapped, its template is rendered.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html"/>
/// </summary>
internal sealed class ResponseMapping(MappingTemplates templates)
{
    private const string Target = "method.response.header.";
    private const string Json = "application/json";

    /// <param name="call">The request.</param>
    /// <param name="answer">The integration's.</param>
    /// <param name="selection">What patterns are matched with: a function's error message, or the status.</param>
    public IntegrationOutcome Map(RestCall call, RestAnswer answer, string selection)
    {
        if (Select(call.Integration.IntegrationResponses, selection) is not { } response)
        {
            call.Log?.Error(
                "Execution failed due to configuration error: No match for output mapping and no default output mapping configured. "
                + $"Endpoint Response Status Code: {answer.Status}");
            return GatewayFault.Configuration;
        }

        var headers = MapHeaders(call, answer, response);
        var binary = call.Site.Binary.Has(answer.Header("Content-Type"));
        var accepted = call.Site.Binary.Has(call.Header("Accept"));
        if (ContentHandling.Response(answer.Body, binary, accepted, response.ContentHandling) is not { } body)
        {
            call.Log?.Error("Execution failed due to configuration error: Unable to base64 decode the body.");
            return GatewayFault.Internal;
        }

        var (type, template) = Template(response.ResponseTemplates, call.Header("Accept"));
        if (template is { Length: > 0 })
        {
            if (templates.Render(template, call, body, isResponse: true) is not { } text)
            {
                return GatewayFault.Configuration;
            }

            body = Encoding.UTF8.GetBytes(text);
        }

        foreach (var (name, values) in call.Overrides.ResponseHeaders)
        {
            headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value)));
        }

        if (!headers.Exists(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("Content-Type", type));
        }

        var status = call.Overrides.ResponseStatus
            ?? (int.TryParse(response.StatusCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : answer.Status);
        return new RestAnswer(status, headers, body);
    }

    private static IntegrationResponse? Select(IReadOnlyDictionary<string, IntegrationResponse>? responses, string selection)
    {
        IntegrationResponse? byDefault = null;
        foreach (var (_, response) in (responses ?? new Dictionary<string, IntegrationResponse>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (response.SelectionPattern is not { Length: > 0 } pattern)
            {
                byDefault ??= response;
            }
            else if (SelectionPatterns.IsMatch(pattern, selection))
            {
                return response;
            }
        }

        return byDefault;
    }

    private static List<KeyValuePair<string, string>> MapHeaders(RestCall call, RestAnswer answer, IntegrationResponse response)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (target, source) in response.ResponseParameters ?? new Dictionary<string, string>())
        {
            if (target.StartsWith(Target, StringComparison.Ordinal) && ParameterSource.Answer(source, call, answer) is { Count: > 0 } values)
            {
                headers.AddRange(values.Select(value => new KeyValuePair<string, string>(target[Target.Length..], value)));
            }
        }

        return headers;
    }

    /// <summary>The one that the client accepts, else the one for JSON, else the first.</summary>
    private static (string Type, string? Template) Template(IReadOnlyDictionary<string, string>? templates, string? accept)
    {
        if (templates is not { Count: > 0 })
        {
            return (Json, null);
        }

        foreach (var wanted in (accept ?? "").Split(','))
        {
            var type = wanted.Split(';')[0].Trim();
            if (templates.TryGetValue(type, out var template))
            {
                return (type, template);
            }
        }

        return templates.TryGetValue(Json, out var json) ? (Json, json) : (templates.First().Key, templates.First().Value);
    }
}
