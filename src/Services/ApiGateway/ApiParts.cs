using Haneul.ApiGateway.Contracts.V2;
using Haneul.Storage;

namespace Haneul.ApiGateway;

/// <summary>Everything that an API is made of, as of one moment.</summary>
internal sealed record ApiParts(List<Route> Routes, List<ApiIntegration> Integrations, List<Stage> Stages, List<DeploymentRecord> Deployments)
{
    public static ApiParts Read(IPartitionReader reader, string apiId) => new(
        ApiTable.Parts(reader, ApiGatewayKeyspace.Routes, apiId, ApiGatewayRecords.Default.Route),
        ApiTable.Parts(reader, ApiGatewayKeyspace.Integrations, apiId, ApiGatewayRecords.Default.Integration),
        ApiTable.Parts(reader, ApiGatewayKeyspace.Stages, apiId, ApiGatewayRecords.Default.Stage),
        ApiTable.Parts(reader, ApiGatewayKeyspace.Deployments, apiId, ApiGatewayRecords.Default.DeploymentRecord));
}
