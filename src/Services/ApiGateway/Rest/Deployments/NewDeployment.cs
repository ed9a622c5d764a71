using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>Freezes an API as it stands.</summary>
internal static class NewDeployment
{
    public static RestDeployment Into(
        IPartitionReader current, Batch batch, RestApiRecord api, string? description, DateTimeOffset now, IIdSource ids)
    {
        var snapshot = RestTable.Snapshot(current, api);
        Check(snapshot);
        var deployment = new Deployment { Id = Texts.NewId(ids), Description = description, CreatedDate = now };
        var record = new RestDeployment(deployment, snapshot);
        RestPut.Deployment(batch, api.Api.Id!, record);
        return record;
    }

    private static void Check(RestSnapshot snapshot)
    {
        var methods = snapshot.Resources.SelectMany(static resource => resource.ResourceMethods?.Values ?? []).ToList();
        if (methods.Count == 0)
        {
            throw RestFaults.BadRequest("The REST API doesn't contain any methods");
        }

        if (methods.Exists(static method => method.MethodIntegration is null))
        {
            throw RestFaults.BadRequest("No integration defined for method");
        }

        if (snapshot.Api.EndpointConfiguration?.Types is [EndpointType.Private] && snapshot.Api.Policy is null)
        {
            throw RestFaults.BadRequest("Private REST API doesn't have a resource policy attached to it");
        }
    }
}
