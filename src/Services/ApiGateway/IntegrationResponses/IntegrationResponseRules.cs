using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.IntegrationResponses;

/// <summary>
/// What an integration's response may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html"/>
/// </summary>
internal static class IntegrationResponseRules
{
    public static ServiceError? Refusal(IntegrationResponse response, string integrationId, string protocol, ApiParts parts)
    {
        var why = protocol == ProtocolType.Http ? "Integration responses are not supported on protocol type HTTP"
            : !IsKey(response.IntegrationResponseKey) ? "Invalid integration response key. Must be $default or /expression/."
            : response.ResponseParameters is { Count: > 0 } || response.ContentHandlingStrategy is not null
                ? "Haneul does not support responseParameters and contentHandlingStrategy of integration responses yet."
            : parts.Integrations.Find(integration => integration.IntegrationId == integrationId)?.IntegrationType
                is IntegrationType.AwsProxy or IntegrationType.HttpProxy ? "Integration responses are not supported with proxy integrations."
            : null;
        return why is not null ? ApiGatewayV2Errors.BadRequestException.With(why)
            : parts.IntegrationResponses.Exists(other => other.IntegrationId == integrationId
                && other.Response.IntegrationResponseKey == response.IntegrationResponseKey
                && other.Response.IntegrationResponseId != response.IntegrationResponseId)
                ? ApiGatewayV2Errors.ConflictException.With(
                    $"Integration response with key {response.IntegrationResponseKey} already exists for this integration")
            : null;
    }

    public static ServiceException Missing(string responseId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Integration Response identifier specified {responseId}").ToException();

    private static bool IsKey(string key) => key == "$default" || (key.Length > 2 && key[0] == '/' && key[^1] == '/');
}
