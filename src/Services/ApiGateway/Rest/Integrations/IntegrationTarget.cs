using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>The integration of a method, for reading and changing.</summary>
internal static class IntegrationTarget
{
    public static RestIntegration Of(Method method) => method.MethodIntegration ?? throw RestFaults.NoIntegration();

    public static RestIntegration Read(IPartitionReader reader, string apiId, string resourceId, string httpMethod, CallContext context) =>
        Of(ResourceTable.Method(ResourceTable.Own(reader, apiId, resourceId, context), httpMethod));

    public static IntegrationResponse Response(RestIntegration integration, string statusCode) =>
        integration.IntegrationResponses?.GetValueOrDefault(statusCode) ?? throw RestFaults.NoStatusCode();

    public static bool IsEdge(IPartitionReader reader, string apiId) =>
        RestTable.Find(reader, apiId)?.Api.EndpointConfiguration?.Types is [EndpointType.Edge];
}
