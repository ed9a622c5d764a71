using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.Storage;

namespace Haneul.ApiGateway;

/// <summary>Everything that an API is made of, as of one moment. An operation changes the lists and deploys what they are then.</summary>
internal sealed record ApiParts
{
    public List<Route> Routes { get; init; } = [];

    public List<ApiIntegration> Integrations { get; init; } = [];

    public List<Stage> Stages { get; init; } = [];

    public List<DeploymentRecord> Deployments { get; init; } = [];

    public List<Authorizer> Authorizers { get; init; } = [];

    public List<Model> Models { get; init; } = [];

    public List<RouteResponseRecord> RouteResponses { get; init; } = [];

    public List<IntegrationResponseRecord> IntegrationResponses { get; init; } = [];

    public static ApiParts Read(IPartitionReader reader, string apiId)
    {
        return new ApiParts
        {
            Routes = All(ApiGatewayKeyspace.Routes, ApiGatewayRecords.Default.Route),
            Integrations = All(ApiGatewayKeyspace.Integrations, ApiGatewayRecords.Default.Integration),
            Stages = All(ApiGatewayKeyspace.Stages, ApiGatewayRecords.Default.Stage),
            Deployments = All(ApiGatewayKeyspace.Deployments, ApiGatewayRecords.Default.DeploymentRecord),
            Authorizers = All(ApiGatewayKeyspace.Authorizers, ApiGatewayRecords.Default.Authorizer),
            Models = All(ApiGatewayKeyspace.Models, ApiGatewayRecords.Default.Model),
            RouteResponses = All(ApiGatewayKeyspace.RouteResponses, ApiGatewayRecords.Default.RouteResponseRecord),
            IntegrationResponses = All(ApiGatewayKeyspace.IntegrationResponses, ApiGatewayRecords.Default.IntegrationResponseRecord),
        };

        List<T> All<T>(byte kind, JsonTypeInfo<T> type) => StoredJson.Parts(reader, kind, apiId, type);
    }

    /// <summary>Puts a part in the place of the one with its id, or at the end.</summary>
    public static void Replace<T>(List<T> parts, Func<T, string?> id, T part)
    {
        var at = parts.FindIndex(other => id(other) == id(part));
        if (at < 0)
        {
            parts.Add(part);
        }
        else
        {
            parts[at] = part;
        }
    }
}
