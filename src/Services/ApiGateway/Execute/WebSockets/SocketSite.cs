using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Rest.Execute.Validation;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>A deployment of a WebSocket API made ready to serve. Never changes.</summary>
internal sealed class SocketSite
{
    private readonly Dictionary<string, SocketRoute> _routes;
    private readonly ModelSchemas _schemas;

    public SocketSite(DeploymentRecord deployment)
    {
        var integrations = deployment.Integrations.ToDictionary(integration => "integrations/" + integration.IntegrationId, StringComparer.Ordinal);
        var authorizers = (deployment.Authorizers ?? []).ToDictionary(authorizer => authorizer.AuthorizerId!, StringComparer.Ordinal);
        var answering = (deployment.RouteResponses ?? []).Select(record => record.RouteId).ToHashSet(StringComparer.Ordinal);
        _routes = deployment.Routes.ToDictionary(
            route => route.RouteKey,
            route =>
            {
                var integration = route.Target is null ? null : integrations.GetValueOrDefault(route.Target);
                var responses = (deployment.IntegrationResponses ?? [])
                    .Where(record => record.IntegrationId == integration?.IntegrationId).Select(record => record.Response).ToList();
                return new SocketRoute(
                    route, integration, route.AuthorizerId is null ? null : authorizers.GetValueOrDefault(route.AuthorizerId), responses,
                    answering.Contains(route.RouteId!));
            },
            StringComparer.Ordinal);
        _schemas = new ModelSchemas([.. (deployment.Models ?? []).Select(model => new Contracts.V1.Model { Name = model.Name, SchemaValue = model.SchemaValue })]);
    }

    public SocketRoute? Find(string key) => _routes.GetValueOrDefault(key);

    /// <summary>Whether a message has the form that its route asks for.</summary>
    public bool IsValid(SocketRoute route, ReadOnlyMemory<byte> message)
    {
        if (route.Route.RequestModels is not { Count: > 0 } models)
        {
            return true;
        }

        var key = Selection.Evaluate(route.Route.ModelSelectionExpression, message);
        if ((models.GetValueOrDefault(key) ?? models.GetValueOrDefault("$default")) is not { } model)
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return _schemas.Validate(model, document.RootElement).Count == 0;
        }
        catch (Exception exception) when (exception is JsonException or SchemaException)
        {
            return false;
        }
    }
}

/// <param name="Route">The route.</param>
/// <param name="Integration">Where it leads; null if nowhere.</param>
/// <param name="Authorizer">Whom it asks.</param>
/// <param name="Responses">How the integration's answers are mapped.</param>
/// <param name="Answers">The integration's answer goes to the client.</param>
internal sealed record SocketRoute(
    Route Route, ApiIntegration? Integration, Authorizer? Authorizer, IReadOnlyList<IntegrationResponse> Responses, bool Answers);
