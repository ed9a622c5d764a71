using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Integrations;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Writes integrations; what is as it would be anyhow is left out.</summary>
internal static class IntegrationExport
{
    public static void Write(Utf8JsonWriter json, RestIntegration integration, string resourceId)
    {
        json.WriteStartObject("x-amazon-apigateway-integration");
        json.WriteString("type", integration.Type!.ToLowerInvariant());
        Optional(json, "httpMethod", integration.HttpMethod);
        Optional(json, "uri", integration.Uri);
        Optional(json, "credentials", integration.Credentials);
        if (integration.ConnectionType == ConnectionType.VpcLink)
        {
            json.WriteString("connectionType", integration.ConnectionType);
            Optional(json, "connectionId", integration.ConnectionId);
        }

        if (integration.IntegrationResponses is { Count: > 0 } responses)
        {
            json.WriteStartObject("responses");
            foreach (var response in responses.Values)
            {
                json.WriteStartObject(string.IsNullOrEmpty(response.SelectionPattern) ? "default" : response.SelectionPattern);
                json.WriteString("statusCode", response.StatusCode);
                Map(json, "responseParameters", response.ResponseParameters);
                Map(json, "responseTemplates", response.ResponseTemplates);
                Optional(json, "contentHandling", response.ContentHandling);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        Map(json, "requestParameters", integration.RequestParameters);
        Map(json, "requestTemplates", integration.RequestTemplates);
        Optional(json, "passthroughBehavior", integration.PassthroughBehavior?.ToLowerInvariant());
        Optional(json, "contentHandling", integration.ContentHandling);
        if (integration.TimeoutInMillis is { } timeout and not RestIntegrationRules.UsualTimeout)
        {
            json.WriteNumber("timeoutInMillis", timeout);
        }

        if (integration.CacheNamespace != resourceId)
        {
            Optional(json, "cacheNamespace", integration.CacheNamespace);
        }

        List(json, "cacheKeyParameters", integration.CacheKeyParameters);
        Optional(json, "responseTransferMode", integration.ResponseTransferMode);
        if (integration.TlsConfig is { } tls)
        {
            json.WriteStartObject("tlsConfig");
            json.WriteBoolean("insecureSkipVerification", tls.InsecureSkipVerification ?? false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Map(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string>? map)
    {
        if (map is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            json.WriteString(key, value ?? "");
        }

        json.WriteEndObject();
    }

    public static void List(Utf8JsonWriter json, string name, IReadOnlyList<string>? list)
    {
        if (list is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in list)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
