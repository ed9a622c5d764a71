using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Routes;

/// <summary>What a route may be, given the API's other parts.</summary>
internal static class RouteRules
{
    private const string TargetPrefix = "integrations/";

    /// <summary>Why the route cannot be; null if it can.</summary>
    public static ServiceError? Refusal(Route route, string protocol, ApiParts parts)
    {
        var refusal = protocol == ProtocolType.Websocket ? WebSocketRefusal(route) : HttpRefusal(route);
        if (refusal is not null)
        {
            return Bad(refusal);
        }

        if (parts.Routes.Exists(other => other.RouteKey == route.RouteKey && other.RouteId != route.RouteId))
        {
            return ApiGatewayV2Errors.ConflictException.With($"Route with key {route.RouteKey} already exists for this API");
        }

        if (route.Target is { } target)
        {
            if (!target.StartsWith(TargetPrefix, StringComparison.Ordinal))
            {
                return Bad("Target must be of the form integrations/{integrationId}.");
            }

            if (!parts.Integrations.Exists(integration => integration.IntegrationId == target[TargetPrefix.Length..]))
            {
                return ApiGatewayV2Errors.NotFoundException.With($"Invalid Integration identifier specified {target[TargetPrefix.Length..]}");
            }
        }

        foreach (var name in route.RequestModels?.Values ?? [])
        {
            if (!parts.Models.Exists(model => model.Name == name))
            {
                return Bad($"Model {name} does not exist for this API.");
            }
        }

        return Authorization(route, parts);
    }

    private static ServiceError? Authorization(Route route, ApiParts parts)
    {
        var wanted = route.AuthorizationType switch
        {
            AuthorizationType.Custom => AuthorizerType.Request,
            AuthorizationType.Jwt => AuthorizerType.Jwt,
            _ => null,
        };
        if (wanted is null)
        {
            return route.AuthorizerId is not null ? Bad($"Authorizer ID cannot be set with authorization type {route.AuthorizationType}.")
                : route.AuthorizationScopes is { Count: > 0 } ? Bad("Authorization scopes are supported with authorization type JWT only.")
                : route.AuthorizationType is AuthorizationType.None or AuthorizationType.AwsIam ? null
                : Bad($"Invalid authorization type {route.AuthorizationType}. Must be one of [NONE, AWS_IAM, CUSTOM, JWT]");
        }

        if (route.AuthorizerId is not { } id)
        {
            return Bad($"Authorizer ID must be set with authorization type {route.AuthorizationType}.");
        }

        if (parts.Authorizers.Find(authorizer => authorizer.AuthorizerId == id) is not { } found)
        {
            return ApiGatewayV2Errors.NotFoundException.With($"Invalid Authorizer identifier specified {id}");
        }

        if (found.AuthorizerType != wanted)
        {
            return Bad($"Authorizer {id} is of type {found.AuthorizerType}, which does not fit authorization type {route.AuthorizationType}.");
        }

        return wanted == AuthorizerType.Request && route.AuthorizationScopes is { Count: > 0 }
            ? Bad("Authorization scopes are supported with authorization type JWT only.")
            : null;
    }

    private static string? HttpRefusal(Route route) =>
        !RouteKey.TryParse(route.RouteKey, out _) ? RouteKey.Malformed
        : route.ApiKeyRequired == true ? "API keys are not supported on protocol type HTTP"
        : route.ModelSelectionExpression is not null ? "Model selection expressions are not supported on protocol type HTTP"
        : route.RequestModels is { Count: > 0 } ? "Request models are not supported on protocol type HTTP"
        : route.RequestParameters is { Count: > 0 } ? "Request parameters are not supported on protocol type HTTP"
        : route.RouteResponseSelectionExpression is not null ? "Route response selection expressions are not supported on protocol type HTTP"
        : null;

    private static string? WebSocketRefusal(Route route)
    {
        var isConnect = route.RouteKey == "$connect";
        return route.RouteKey.Length is 0 or > 128 || (route.RouteKey[0] == '$' && route.RouteKey is not ("$connect" or "$disconnect" or "$default"))
                ? "The provided route key is not formatted properly for WEBSOCKET protocol."
            : route.ApiKeyRequired == true ? "Haneul does not support apiKeyRequired of routes of WebSocket APIs yet."
            : route.AuthorizationType == AuthorizationType.Jwt ? "JWT authorization is not supported on protocol type WEBSOCKET"
            : route.AuthorizationType is not (null or AuthorizationType.None) && !isConnect ? "Currently, authorization is restricted to the $connect route only"
            : route.RequestParameters is { Count: > 0 } && !isConnect ? "Request parameters are supported on the $connect route only"
            : route.RequestParameters?.Keys.FirstOrDefault(key => !IsParameter(key)) is { } key ? $"Invalid request parameter {key}"
            : route.RouteResponseSelectionExpression is not (null or "$default") ? "Invalid route response selection expression. Must be $default."
            : null;
    }

    private static bool IsParameter(string key) =>
        key.StartsWith("route.request.header.", StringComparison.Ordinal) || key.StartsWith("route.request.querystring.", StringComparison.Ordinal);

    private static ServiceError Bad(string message) => ApiGatewayV2Errors.BadRequestException.With(message);
}
