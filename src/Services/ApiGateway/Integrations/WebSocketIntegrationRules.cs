using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// What an integration of a WebSocket API may be: a function, an HTTP endpoint, an AWS service, or none at all (MOCK).
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html"/>
/// </summary>
internal static class WebSocketIntegrationRules
{
    public const int DefaultTimeout = 29_000;

    private static readonly string[] s_passthrough = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"];
    private static readonly string[] s_handling = ["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"];

    public static string? Why(ApiIntegration integration)
    {
        if (integration.ConnectionType is not (null or ConnectionType.Internet) || integration.ConnectionId is not null)
        {
            return $"Haneul does not support connectionType {integration.ConnectionType} of integrations yet.";
        }

        if (integration.TimeoutInMillis is < 50 or > DefaultTimeout)
        {
            return "Timeout should be between 50 ms and 29000 ms.";
        }

        if (integration.IntegrationSubtype is not null || integration.PayloadFormatVersion is not (null or "1.0") || integration.ResponseParameters is { Count: > 0 })
        {
            return "IntegrationSubtype, PayloadFormatVersion 2.0 and ResponseParameters are not supported on protocol type WEBSOCKET";
        }

        if (integration.PassthroughBehavior is { } passthrough && !s_passthrough.Contains(passthrough))
        {
            return "Invalid passthrough behavior. Must be one of [WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER]";
        }

        if (integration.ContentHandlingStrategy is { } handling && !s_handling.Contains(handling))
        {
            return "Invalid content handling strategy. Must be one of [CONVERT_TO_BINARY, CONVERT_TO_TEXT]";
        }

        if (integration.RequestParameters is { Count: > 0 } || integration.ContentHandlingStrategy is not null || integration.TlsConfig is not null)
        {
            return "Haneul does not support requestParameters, contentHandlingStrategy and tlsConfig of integrations of WebSocket APIs yet.";
        }

        if (integration.CredentialsArn is { } role && role != "arn:aws:iam::*:user/*" && !(Arn.TryParse(role, out var arn) && arn.Service == "iam"))
        {
            return "Invalid ARN specified in the request";
        }

        return integration.IntegrationType switch
        {
            IntegrationType.Mock => null,
            IntegrationType.AwsProxy => IsFunction(integration) ? null : "Invalid integration URI specified. An AWS_PROXY integration takes a Lambda function.",
            IntegrationType.Aws => IsFunction(integration) ? null
                : "Haneul does not support integrationType AWS with another service than Lambda for WebSocket APIs yet.",
            IntegrationType.Http or IntegrationType.HttpProxy => integration.IntegrationUri is not { } uri || !IntegrationRules.IsHttpUri(uri)
                ? "Invalid HTTP endpoint specified for URI"
                : integration.IntegrationMethod is null ? "Enumeration value for HttpMethod must be non-empty"
                : null,
            _ => "Invalid integration type. Must be one of [AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK]",
        };
    }

    private static bool IsFunction(ApiIntegration integration) => integration.IntegrationUri is { } uri && FunctionUri.Parse(uri) is not null;
}
