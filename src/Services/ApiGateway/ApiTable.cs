using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway;

/// <summary>Reads APIs and their parts. Writing is the operations' own: each changes what belongs together in one batch.</summary>
internal sealed class ApiTable(IStore store)
{
    public IPartition Partition { get; } = store.Partition(ApiGatewayKeyspace.Partition);

    /// <summary>An API by its id, whoever's it is: for calls to it.</summary>
    public static ApiRecord? Find(IPartitionReader reader, string apiId) =>
        StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, apiId), ApiGatewayRecords.Default.ApiRecord);

    /// <summary>The caller's own API.</summary>
    /// <exception cref="ServiceException">There is none with this id in the caller's account and region.</exception>
    public static ApiRecord Own(IPartitionReader reader, string apiId, CallContext context) =>
        Find(reader, apiId) is { } record && record.BelongsTo(context)
            ? record
            : throw ApiGatewayV2Errors.NotFoundException.With($"Invalid API identifier specified {context.Account}:{apiId}").ToException();
}
