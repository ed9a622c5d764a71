using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest;

/// <summary>Reads REST APIs and their parts. Writing is the operations' own: each changes what belongs together in one batch.</summary>
internal sealed class RestTable(IStore store)
{
    public IPartition Partition { get; } = store.Partition(ApiGatewayKeyspace.Partition);

    /// <summary>An API by its id, whoever's it is: for calls to it.</summary>
    public static RestApiRecord? Find(IPartitionReader reader, string apiId) =>
        StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestApis, apiId), RestRecords.Default.RestApiRecord);

    /// <summary>The caller's own API.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">There is none with this id in the caller's account and region.</exception>
    public static RestApiRecord Own(IPartitionReader reader, string apiId, CallContext context) =>
        Find(reader, apiId) is { } record && record.BelongsTo(context)
            ? record
            : throw ApiGatewayV1Errors.NotFoundException.With($"Invalid API identifier specified {context.Account}:{apiId}").ToException();

    public static Stage? FindStage(IPartitionReader reader, string apiId, string stage) =>
        StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestStages, apiId, stage), RestRecords.Default.Stage);

    public static RestDeployment? FindDeployment(IPartitionReader reader, string apiId, string deployment) =>
        StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDeployments, apiId, deployment), RestRecords.Default.RestDeployment);

    /// <summary>All that serving the API needs, as it stands now.</summary>
    public static RestSnapshot Snapshot(IPartitionReader reader, RestApiRecord api) => new(
        api.Api,
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestResources, api.Api.Id!, RestRecords.Default.Resource),
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestModels, api.Api.Id!, RestRecords.Default.Model),
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestValidators, api.Api.Id!, RestRecords.Default.RequestValidator),
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestAuthorizers, api.Api.Id!, RestRecords.Default.Authorizer),
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestResponses, api.Api.Id!, RestRecords.Default.GatewayResponse));
}
