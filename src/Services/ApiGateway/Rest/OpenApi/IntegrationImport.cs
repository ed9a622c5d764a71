using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Reads integrations.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html"/>
/// </summary>
internal static class IntegrationImport
{
    private const string Extension = "x-amazon-apigateway-integration";

    public static RestIntegration? Of(OpenApiDocument document, JsonElement operation, string path, string httpMethod, List<string> warnings)
    {
        if (operation.Member(Extension) is not { } given)
        {
            return null;
        }

        var extension = document.Resolve(given);
        return new RestIntegration
        {
            Type = extension.Text("type")?.ToUpperInvariant(),
            HttpMethod = extension.Text("httpMethod")?.ToUpperInvariant(),
            Uri = extension.Text("uri"),
            ConnectionType = extension.Text("connectionType")?.ToUpperInvariant(),
            ConnectionId = extension.Text("connectionId"),
            Credentials = extension.Text("credentials"),
            PassthroughBehavior = extension.Text("passthroughBehavior")?.ToUpperInvariant(),
            ContentHandling = extension.Text("contentHandling")?.ToUpperInvariant(),
            TimeoutInMillis = extension.Number("timeoutInMillis"),
            CacheNamespace = extension.Text("cacheNamespace"),
            CacheKeyParameters = extension.Strings("cacheKeyParameters"),
            RequestParameters = Parameters(extension, path, httpMethod, warnings),
            RequestTemplates = extension.Map("requestTemplates"),
            ResponseTransferMode = extension.Text("responseTransferMode")?.ToUpperInvariant(),
            TlsConfig = extension.Member("tlsConfig") is { } tls
                ? new TlsConfig { InsecureSkipVerification = tls.Flag("insecureSkipVerification") }
                : null,
            IntegrationResponses = Responses(document, extension),
        };
    }

    private static Dictionary<string, string>? Parameters(JsonElement extension, string path, string httpMethod, List<string> warnings)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in extension.Members("requestParameters"))
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                parameters[name] = value.GetString()!;
            }
            else
            {
                warnings.Add(
                    $"Invalid format for 'requestParameters'. Expected type string for property '{name}' "
                    + $"of resource '{path}' and method '{httpMethod}' but got '{value.AsText()}'");
            }
        }

        return parameters.Count == 0 ? null : parameters;
    }

    private static Dictionary<string, IntegrationResponse>? Responses(OpenApiDocument document, JsonElement extension)
    {
        var responses = new Dictionary<string, IntegrationResponse>(StringComparer.Ordinal);
        foreach (var (pattern, given) in extension.Members("responses"))
        {
            var response = document.Resolve(given);
            if (response.Text("statusCode") is { } statusCode)
            {
                responses[statusCode] = new IntegrationResponse
                {
                    StatusCode = statusCode,
                    SelectionPattern = pattern == "default" ? null : pattern,
                    ResponseParameters = response.Map("responseParameters"),
                    ResponseTemplates = response.Map("responseTemplates"),
                    ContentHandling = response.Text("contentHandling")?.ToUpperInvariant(),
                };
            }
        }

        return responses.Count == 0 ? null : responses;
    }
}
