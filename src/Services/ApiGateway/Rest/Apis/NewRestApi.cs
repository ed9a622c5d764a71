using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Models;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>Puts a new API into the store: with ids, a root resource and models, its own or those of another API.</summary>
internal static class NewRestApi
{
    /// <summary>The tag that chooses the id, for scripts that want the same one every time.</summary>
    private const string CustomIdTag = "_custom_id_";

    private const int IdLength = 10;

    /// <summary>
    /// Quotas of a region.
    /// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"/>
    /// </summary>
    private const int MostRegional = 600;
    private const int MostEdge = 120;

    public static void Into(IPartitionReader current, Batch batch, RestApi api, string? source, CallContext context, IIdSource ids)
    {
        CheckQuota(current, api, context);
        api.Id = ChooseId(current, api.Tags, ids);
        RestApiRules.ExpandPolicy(api, context);
        if (source is null)
        {
            var root = new Resource { Id = Texts.NewId(ids, IdLength), Path = "/" };
            api.RootResourceId = root.Id;
            RestPut.Resource(batch, api.Id, root);
            foreach (var model in DefaultModels.All(ids))
            {
                RestPut.Model(batch, api.Id, model);
            }
        }
        else
        {
            CloneRestApi.Into(current, batch, api, source, context);
        }

        RestPut.Api(batch, new RestApiRecord(context.Account.Value, context.Region.Name, api));
        batch.Put(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestRegions, context.Account.Value, context.Region.Name, api.Id), []);
    }

    private static string ChooseId(IPartitionReader current, IReadOnlyDictionary<string, string>? tags, IIdSource ids)
    {
        var custom = tags?.GetValueOrDefault(CustomIdTag);
        if (custom is not null && !(custom.Length is > 0 and <= 63 && custom.All(char.IsAsciiLetterOrDigit)))
        {
            throw RestFaults.BadRequest($"The tag {CustomIdTag} takes letters and digits.");
        }

        var id = custom ?? Texts.NewId(ids, IdLength);
        return RestTable.Find(current, id) is null && ApiTable.Find(current, id) is null
            ? id
            : throw RestFaults.Conflict($"An API with the id {id} already exists.");
    }

    private static void CheckQuota(IPartitionReader current, RestApi api, CallContext context)
    {
        var isEdge = api.EndpointConfiguration!.Types![0] == EndpointType.Edge;
        var all = RestTable.Ids(current, context);
        if (all.Count < MostEdge)
        {
            return;
        }

        var alike = all.Count(id =>
            RestTable.Find(current, id)?.Api.EndpointConfiguration?.Types is [var type, ..] && type == EndpointType.Edge == isEdge);
        if (alike >= (isEdge ? MostEdge : MostRegional))
        {
            throw RestFaults.LimitExceeded("Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.");
        }
    }
}
