using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>
/// Copies what an API is made of, but for its deployments and stages, into a new one. Ids inside of an API may be the same in another.
/// </summary>
internal static class CloneRestApi
{
    private static readonly byte[] s_kinds =
    [
        ApiGatewayKeyspace.RestResources, ApiGatewayKeyspace.RestModels, ApiGatewayKeyspace.RestValidators, ApiGatewayKeyspace.RestAuthorizers,
        ApiGatewayKeyspace.RestResponses, ApiGatewayKeyspace.RestDocumentationParts,
    ];

    public static void Into(IPartitionReader current, Batch batch, RestApi api, string source, CallContext context)
    {
        var from = RestTable.Find(current, source) is { } record && record.BelongsTo(context)
            ? record.Api
            : throw RestFaults.NotFound("Invalid API identifier specified for cloning");
        api.RootResourceId = from.RootResourceId;
        api.Description ??= from.Description;
        api.BinaryMediaTypes ??= from.BinaryMediaTypes;
        api.MinimumCompressionSize ??= from.MinimumCompressionSize;
        foreach (var kind in s_kinds)
        {
            var head = ApiGatewayKeyspace.Key(kind, source);
            var newHead = ApiGatewayKeyspace.Key(kind, api.Id);
            foreach (var entry in current.Scan(KeyRange.Prefix(head)))
            {
                batch.Put([.. newHead, .. entry.Key[head.Length..]], entry.Value);
            }
        }
    }
}
