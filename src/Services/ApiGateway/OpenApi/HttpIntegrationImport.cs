using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Makes integrations of <c>x-amazon-apigateway-integration</c>. Routes that refer to one in the components share it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html"/>
/// </summary>
internal sealed class HttpIntegrationImport(OpenApiDocument document, ImportedHttpApi api, IntegrationRules rules, IIdSource ids)
{
    private const string Extension = "x-amazon-apigateway-integration";

    private static readonly string[] s_ofRest =
    [
        "cacheKeyParameters", "cacheNamespace", "contentHandling", "passthroughBehavior", "requestTemplates", "responses",
    ];

    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);

    /// <summary>The target of a route; null if its operation has no integration, or none that can be.</summary>
    public string? Target(JsonElement operation, string routeKey)
    {
        if (operation.Member(Extension) is not { } given)
        {
            return null;
        }

        var reference = given.Text("$ref");
        if (reference is not null && _shared.TryGetValue(reference, out var known))
        {
            return "integrations/" + known;
        }

        var found = document.Resolve(given);
        if (found.Text("$ref") is { } missing)
        {
            ImportedHttpApi.Note(api.Warnings, $"Ignoring the integration of route '{routeKey}': {missing} is not in the document");
            return null;
        }

        var integration = New(found, routeKey);
        if (rules.Refusal(integration, ProtocolType.Http) is { } refused)
        {
            ImportedHttpApi.Note(api.Errors, $"Unable to create the integration of route '{routeKey}': {refused.Message}");
            return null;
        }

        api.Parts.Integrations.Add(integration);
        if (reference is not null)
        {
            _shared[reference] = integration.IntegrationId!;
        }

        return "integrations/" + integration.IntegrationId;
    }

    private ApiIntegration New(JsonElement found, string routeKey)
    {
        foreach (var name in s_ofRest.Where(name => found.Member(name) is not null))
        {
            ImportedHttpApi.Note(api.Info, $"Ignoring {name} of the integration of route '{routeKey}': HTTP APIs do not have it");
        }

        var type = found.Text("type")?.ToUpperInvariant();
        var subtype = found.Text("integrationSubtype");
        var timeout = found.Member("timeoutInMillis") is null ? IntegrationRules.DefaultTimeout : found.Number("timeoutInMillis") ?? 0;
        return new ApiIntegration
        {
            ConnectionId = found.Text("connectionId"),
            ConnectionType = found.Text("connectionType")?.ToUpperInvariant() ?? ConnectionType.Internet,
            CredentialsArn = found.Text("credentials"),
            Description = found.Text("description"),
            IntegrationId = ids.NewString(7, RandomIdSource.LowerAlphanumeric),
            IntegrationMethod = found.Text("httpMethod")?.ToUpperInvariant()
                ?? (type == IntegrationType.AwsProxy && subtype is null ? "POST" : null),
            IntegrationSubtype = subtype,
            IntegrationType = type,
            IntegrationUri = found.Text("uri"),
            PayloadFormatVersion = found.Text("payloadFormatVersion") switch { null or "1" => "1.0", "2" => "2.0", var version => version },
            RequestParameters = found.Map("requestParameters"),
            ResponseParameters = Responses(found),
            TimeoutInMillis = timeout,
            TlsConfig = found.Member("tlsConfig") is { } tls ? new TlsConfig { ServerNameToVerify = tls.Text("serverNameToVerify") } : null,
        };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>>? Responses(JsonElement found)
    {
        var parameters = found.Member("responseParameters");
        var responses = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (status, _) in parameters.Members())
        {
            responses[status] = parameters!.Value.Map(status) ?? [];
        }

        return responses.Count == 0 ? null : responses;
    }
}
