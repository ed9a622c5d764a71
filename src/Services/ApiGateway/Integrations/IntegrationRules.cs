using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// What an integration of an HTTP API may be: a function, an HTTP endpoint, or an operation of a service.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html"/>
/// </summary>
internal sealed class IntegrationRules(IEnumerable<IServiceModule> modules)
{
    public const int DefaultTimeout = 30_000;

    private static readonly string[] s_methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

    /// <summary>The integration that quick create makes.</summary>
    public static ApiIntegration Managed(string id, string target)
    {
        var function = FunctionUri.Parse(target) is not null;
        return new()
        {
            ApiGatewayManaged = true,
            ConnectionType = ConnectionType.Internet,
            IntegrationId = id,
            IntegrationMethod = function ? "POST" : "ANY",
            IntegrationType = function ? IntegrationType.AwsProxy : IntegrationType.HttpProxy,
            IntegrationUri = target,
            PayloadFormatVersion = function ? "2.0" : "1.0",
            TimeoutInMillis = DefaultTimeout,
        };
    }

    /// <summary>Whether a URI names an HTTP endpoint, once variables stand in it.</summary>
    public static bool IsHttpUri(string uri) =>
        Uri.TryCreate(uri.Replace("${stageVariables.", "{", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps);

    /// <summary>Why an integration cannot be; null if it can.</summary>
    public ServiceError? Refusal(ApiIntegration integration, string protocol) =>
        (protocol == ProtocolType.Websocket ? WebSocketIntegrationRules.Why(integration) : Why(integration)) is { } why
            ? ApiGatewayV2Errors.BadRequestException.With(why)
            : null;

    public static ServiceException Missing(string integrationId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Integration identifier specified {integrationId}").ToException();

    private string? Why(ApiIntegration integration)
    {
        if (integration.ConnectionType is not (null or ConnectionType.Internet) || integration.ConnectionId is not null)
        {
            return $"Haneul does not support connectionType {integration.ConnectionType} of integrations yet.";
        }

        if (integration.TimeoutInMillis is < 50 or > DefaultTimeout)
        {
            return "Timeout should be between 50 ms and 30000 ms.";
        }

        if (integration.ContentHandlingStrategy is not null || integration.PassthroughBehavior is not null || integration.RequestTemplates is { Count: > 0 }
            || integration.TemplateSelectionExpression is not null)
        {
            return "ContentHandlingStrategy, PassthroughBehavior, RequestTemplates and TemplateSelectionExpression are not supported on protocol type HTTP";
        }

        return integration.IntegrationType switch
        {
            IntegrationType.AwsProxy when integration.IntegrationSubtype is not null => WhyNotService(integration),
            IntegrationType.AwsProxy => WhyNotFunction(integration),
            IntegrationType.HttpProxy => WhyNotHttp(integration),
            IntegrationType.Aws or IntegrationType.Http or IntegrationType.Mock =>
                $"Integration type {integration.IntegrationType} is not supported on protocol type HTTP",
            _ => "Invalid integration type. Must be one of [AWS_PROXY, HTTP_PROXY]",
        };
    }

    private static string? WhyNotFunction(ApiIntegration integration) =>
        integration.PayloadFormatVersion is not ("1.0" or "2.0") ? "PayloadFormatVersion must be 1.0 or 2.0."
        : integration.IntegrationUri is not { } uri || FunctionUri.Parse(uri) is null
            ? "Invalid integration URI specified. An AWS_PROXY integration takes the ARN of a Lambda function."
        : integration.IntegrationMethod != "POST" ? "IntegrationMethod of a Lambda integration must be POST."
        : integration.TlsConfig is not null ? "TlsConfig is supported with private integrations only."
        : WhyNotRole(integration.CredentialsArn) ?? WhyNotMapped(integration);

    private static string? WhyNotHttp(ApiIntegration integration) =>
        integration.PayloadFormatVersion != "1.0" ? "PayloadFormatVersion must be 1.0 for HTTP_PROXY integrations."
        : integration.IntegrationMethod is null || !s_methods.Contains(integration.IntegrationMethod) ? "IntegrationMethod must be a valid HTTP method or ANY."
        : integration.IntegrationUri is not { } uri || !IsHttpUri(uri) ? "Invalid HTTP endpoint specified for URI"
        : integration.CredentialsArn is not null ? "CredentialsArn is not supported with HTTP_PROXY integrations."
        : integration.TlsConfig is not null ? "TlsConfig is supported with private integrations only."
        : WhyNotMapped(integration);

    private string? WhyNotService(ApiIntegration integration)
    {
        if (ServiceSubtype.Find(integration.IntegrationSubtype!) is not { } subtype || !modules.Any(module => module.Model.EndpointPrefix == subtype.Service))
        {
            return $"Haneul does not support integrationSubtype {integration.IntegrationSubtype} of integrations yet.";
        }

        if (integration.PayloadFormatVersion != "1.0" || integration.IntegrationUri is not null)
        {
            return "An integration with a subtype takes PayloadFormatVersion 1.0 and no IntegrationUri.";
        }

        if (integration.CredentialsArn is null)
        {
            return "CredentialsArn is required for an integration with a subtype.";
        }

        var parameters = integration.RequestParameters ?? new Dictionary<string, string>();
        return WhyNotRole(integration.CredentialsArn)
            ?? (subtype.Required.FirstOrDefault(name => !parameters.ContainsKey(name)) is { } missing
                ? $"Parameter: {missing} is required for integration subtype {subtype.Name}." : null)
            ?? (parameters.Keys.FirstOrDefault(name => name != ServiceSubtype.Region && !subtype.Required.Contains(name) && !subtype.Optional.Contains(name))
                is { } unknown ? $"Parameter: {unknown} does not fit schema for Operation: {subtype.Name}." : null)
            ?? (parameters.Values.FirstOrDefault(value => MappingValue.Parse(value, ofResponse: false) is null) is { } wrong
                ? $"Invalid mapping expression specified: {wrong}" : null)
            ?? (integration.ResponseParameters is { Count: > 0 } ? WhyNotResponse(integration) : null);
    }

    private static string? WhyNotRole(string? role) =>
        role is null || (Arn.TryParse(role, out var arn) && arn.Service == "iam") ? null : "Invalid ARN specified in the request";

    private static string? WhyNotMapped(ApiIntegration integration) =>
        ParameterMapping.Refusal(integration.RequestParameters, ofResponse: false) ?? WhyNotResponse(integration);

    private static string? WhyNotResponse(ApiIntegration integration)
    {
        foreach (var (status, rules) in integration.ResponseParameters ?? new Dictionary<string, IReadOnlyDictionary<string, string>>())
        {
            if (!int.TryParse(status, out var code) || code is < 200 or > 599)
            {
                return "Response parameter keys must be status codes between 200 and 599.";
            }

            if (ParameterMapping.Refusal(rules, ofResponse: true) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }
}
