using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway.Apis;

/// <summary>
/// What a WebSocket API may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html"/>
/// </summary>
internal static class WebSocketRules
{
    private const string Body = "request.body.";

    public static string? Refusal(CreateApiRequest input) =>
        string.IsNullOrEmpty(input.RouteSelectionExpression) ? "RouteSelectionExpression is a required parameter for WEBSOCKET protocol"
        : !IsSelection(input.RouteSelectionExpression) ? "Invalid route selection expression: " + input.RouteSelectionExpression
        : input.CorsConfiguration is not null ? "CORS configuration is not supported on protocol type WEBSOCKET"
        : input.Target is not null || input.RouteKey is not null ? "Quick create is not supported on protocol type WEBSOCKET"
        : null;

    /// <summary>Whether a text selects routes: by values in the message's body, alone or joined with fixed text.</summary>
    public static bool IsSelection(string expression)
    {
        if (expression.StartsWith("$" + Body, StringComparison.Ordinal))
        {
            return expression.Length > Body.Length + 1;
        }

        var found = false;
        for (var at = expression.IndexOf("${", StringComparison.Ordinal); at >= 0; at = expression.IndexOf("${", at + 1, StringComparison.Ordinal))
        {
            var end = expression.IndexOf('}', at);
            var name = end < 0 ? "" : expression[(at + 2)..end];
            if (!name.StartsWith(Body, StringComparison.Ordinal) || name.Length == Body.Length)
            {
                return false;
            }

            found = true;
        }

        return found;
    }
}
