using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.ApiGateway.Rest;

/// <summary>Reads REST APIs and their parts. Writing is the operations' own: each changes what belongs together in one batch.</summary>
internal sealed class RestTable(IStore store)
{
    public IPartition Partition { get; } = store.Partition(ApiGatewayKeyspace.Partition);

    /// <summary>An API by its id, whoever's it is: for calls to it.</summary>
    public static RestApiRecord? Find(IPartitionReader reader, string apiId) =>
        Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestApis, apiId), RestRecords.Default.RestApiRecord);

    /// <summary>The caller's own API.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">There is none with this id in the caller's account and region.</exception>
    public static RestApiRecord Own(IPartitionReader reader, string apiId, CallContext context) =>
        Find(reader, apiId) is { } record && record.BelongsTo(context)
            ? record
            : throw ApiGatewayV1Errors.NotFoundException.With($"Invalid API identifier specified {context.Account}:{apiId}").ToException();

    public static Stage? FindStage(IPartitionReader reader, string apiId, string stage) =>
        Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestStages, apiId, stage), RestRecords.Default.Stage);

    public static RestDeployment? FindDeployment(IPartitionReader reader, string apiId, string deployment) =>
        Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDeployments, apiId, deployment), RestRecords.Default.RestDeployment);

    /// <summary>All that serving the API needs, as it stands now.</summary>
    public static RestSnapshot Snapshot(IPartitionReader reader, RestApiRecord api) => new(
        api.Api,
        Parts(reader, ApiGatewayKeyspace.RestResources, api.Api.Id!, RestRecords.Default.Resource),
        Parts(reader, ApiGatewayKeyspace.RestModels, api.Api.Id!, RestRecords.Default.Model),
        Parts(reader, ApiGatewayKeyspace.RestValidators, api.Api.Id!, RestRecords.Default.RequestValidator),
        Parts(reader, ApiGatewayKeyspace.RestAuthorizers, api.Api.Id!, RestRecords.Default.Authorizer),
        Parts(reader, ApiGatewayKeyspace.RestResponses, api.Api.Id!, RestRecords.Default.GatewayResponse));

    public static T? Read<T>(IPartitionReader reader, ReadOnlySpan<byte> key, JsonTypeInfo<T> type)
        where T : class
    {
        using var value = reader.Get(key);
        return value.Exists ? RestRecords.Decode(value.Span, type) : null;
    }

    /// <summary>The parts of an API of one kind, in the order of their ids.</summary>
    public static List<T> Parts<T>(IPartitionReader reader, byte kind, string apiId, JsonTypeInfo<T> type)
    {
        var parts = new List<T>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, apiId))))
        {
            parts.Add(RestRecords.Decode(entry.Value, type));
        }

        return parts;
    }

    /// <summary>The ids of the caller's APIs.</summary>
    public static List<string> Ids(IPartitionReader reader, CallContext context)
    {
        var ids = new List<string>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestRegions, context.Account.Value, context.Region.Name))))
        {
            var key = new KeyReader(entry.Key[1..]);
            key.SkipBytes();
            key.SkipBytes();
            ids.Add(key.ReadText());
        }

        return ids;
    }
}
