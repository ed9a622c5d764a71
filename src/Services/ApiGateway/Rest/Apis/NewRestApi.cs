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
        Head(current, api, CustomId(api.Tags) ?? Texts.NewId(ids, IdLength), context);
        if (source is null)
        {
            var root = new Resource { Id = Texts.NewId(ids, IdLength), Path = "/" };
            api.RootResourceId = root.Id;
            RestPut.Resource(batch, api.Id!, root);
            foreach (var model in DefaultModels.All(ids))
            {
                RestPut.Model(batch, api.Id!, model);
            }
        }
        else
        {
            CloneRestApi.Into(current, batch, api, source, context);
        }

        Put(batch, api, context);
    }

    /// <summary>An API with nothing but the id of its root resource: what is in it is put by who makes it.</summary>
    public static void Empty(IPartitionReader current, Batch batch, RestApi api, string id, CallContext context, IIdSource ids)
    {
        Head(current, api, id, context);
        api.RootResourceId = Texts.NewId(ids, IdLength);
        Put(batch, api, context);
    }

    /// <summary>The id that the tags choose, if they do.</summary>
    public static string? CustomId(IReadOnlyDictionary<string, string>? tags)
    {
        var custom = tags?.GetValueOrDefault(CustomIdTag);
        if (custom is not null && !(custom.Length is > 0 and <= 63 && custom.All(char.IsAsciiLetterOrDigit)))
        {
            throw RestFaults.BadRequest($"The tag {CustomIdTag} takes letters and digits.");
        }

        return custom;
    }

    private static void Head(IPartitionReader current, RestApi api, string id, CallContext context)
    {
        CheckQuota(current, api, context);
        api.Id = RestTable.Find(current, id) is null && ApiTable.Find(current, id) is null
            ? id
            : throw RestFaults.Conflict($"An API with the id {id} already exists.");
        RestApiRules.ExpandPolicy(api, context);
    }

    private static void Put(Batch batch, RestApi api, CallContext context)
    {
        RestPut.Api(batch, new RestApiRecord(context.Account.Value, context.Region.Name, api));
        batch.Put(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestRegions, context.Account.Value, context.Region.Name, api.Id), []);
    }

    private static void CheckQuota(IPartitionReader current, RestApi api, CallContext context)
    {
        var isEdge = api.EndpointConfiguration!.Types![0] == EndpointType.Edge;
        var all = StoredJson.Ids(current, ApiGatewayKeyspace.RestRegions, context);
        if (all.Count < MostEdge)
        {
            return;
        }

        var alike = all.Count(id =>
            RestTable.Find(current, id)?.Api.EndpointConfiguration?.Types is [var type, ..] && type == EndpointType.Edge == isEdge);
        if (alike >= (isEdge ? MostEdge : MostRegional))
        {
            throw RestFaults.LimitExceeded(
                "Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.");
        }
    }
}
