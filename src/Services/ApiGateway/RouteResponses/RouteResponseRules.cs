using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.RouteResponses;

/// <summary>
/// What a route's response may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html"/>
/// </summary>
internal static class RouteResponseRules
{
    public static ServiceError? Refusal(RouteResponse response, string routeId, string protocol, ApiParts parts)
    {
        var why = protocol == ProtocolType.Http ? "Route responses are not supported on protocol type HTTP"
            : response.RouteResponseKey != "$default" ? "Invalid route response key. Must be $default."
            : response.ResponseModels is { Count: > 0 } || response.ResponseParameters is { Count: > 0 } || response.ModelSelectionExpression is not null
                ? "Haneul does not support responseModels, responseParameters and modelSelectionExpression of route responses yet."
            : null;
        return why is not null ? ApiGatewayV2Errors.BadRequestException.With(why)
            : parts.RouteResponses.Exists(other => other.RouteId == routeId && other.Response.RouteResponseId != response.RouteResponseId)
                ? ApiGatewayV2Errors.ConflictException.With($"Route response with key {response.RouteResponseKey} already exists for this route")
            : null;
    }

    public static ServiceException Missing(string responseId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Route Response identifier specified {responseId}").ToException();
}
