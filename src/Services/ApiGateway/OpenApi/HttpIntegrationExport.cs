using System.Text.Json;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>Writes integrations of HTTP APIs as <c>x-amazon-apigateway-integration</c>.</summary>
internal static class HttpIntegrationExport
{
    public static void Write(Utf8JsonWriter json, string name, ApiIntegration integration)
    {
        json.WriteStartObject(name);
        JsonWriting.Optional(json, "type", integration.IntegrationType?.ToLowerInvariant());
        JsonWriting.Optional(json, "integrationSubtype", integration.IntegrationSubtype);
        JsonWriting.Optional(json, "description", integration.Description);
        JsonWriting.Optional(json, "credentials", integration.CredentialsArn);
        JsonWriting.Optional(json, "httpMethod", integration.IntegrationMethod);
        JsonWriting.Optional(json, "uri", integration.IntegrationUri);
        JsonWriting.Optional(json, "connectionType", integration.ConnectionType);
        JsonWriting.Optional(json, "connectionId", integration.ConnectionId);
        JsonWriting.Optional(json, "payloadFormatVersion", integration.PayloadFormatVersion);
        JsonWriting.Optional(json, "timeoutInMillis", integration.TimeoutInMillis);
        JsonWriting.Optional(json, "requestParameters", integration.RequestParameters);
        if (integration.ResponseParameters is { Count: > 0 } responses)
        {
            json.WriteStartObject("responseParameters");
            foreach (var (status, parameters) in responses)
            {
                JsonWriting.Optional(json, status, parameters);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
