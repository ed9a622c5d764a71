using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>Reads and changes resources, and the methods in them. AWS does not say which of API and resource is unknown.</summary>
internal static class ResourceTable
{
    public static Resource Own(IPartitionReader reader, string apiId, string resourceId, CallContext context) =>
        RestTable.Find(reader, apiId) is { } api && api.BelongsTo(context)
            && StoredJson.Read(
                reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestResources, apiId, resourceId), RestRecords.Default.Resource) is { } resource
            ? resource
            : throw RestFaults.NoResource();

    public static List<Resource> All(IPartitionReader reader, string apiId) =>
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestResources, apiId, RestRecords.Default.Resource);

    public static Method Method(Resource resource, string httpMethod) =>
        resource.ResourceMethods?.GetValueOrDefault(httpMethod) ?? throw RestFaults.NoMethod();

    /// <summary>Stores what <paramref name="change"/> makes of a resource, with the result of the change.</summary>
    public static ValueTask<T> ChangeAsync<T>(
        RestTable apis, string apiId, string resourceId, CallContext context, Func<IPartitionReader, Resource, T> change) =>
        apis.Partition.UpdateAsync((apiId, resourceId, context, change), static (current, batch, state) =>
        {
            var resource = Own(current, state.apiId, state.resourceId, state.context);
            var result = state.change(current, resource);
            RestPut.Resource(batch, state.apiId, resource);
            return result;
        });

    /// <summary>Stores what <paramref name="change"/> makes of a method, with the result of the change.</summary>
    public static ValueTask<T> ChangeMethodAsync<T>(
        RestTable apis, string apiId, string resourceId, string httpMethod, CallContext context, Func<IPartitionReader, Method, T> change) =>
        ChangeAsync(apis, apiId, resourceId, context, (current, resource) => change(current, Method(resource, httpMethod)));
}
