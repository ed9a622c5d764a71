using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.ApiGateway;

/// <summary>Reads APIs and their parts. Writing is the operations' own: each changes what belongs together in one batch.</summary>
internal sealed class ApiTable(IStore store)
{
    public IPartition Partition { get; } = store.Partition(ApiGatewayKeyspace.Partition);

    /// <summary>An API by its id, whoever's it is: for calls to it.</summary>
    public static ApiRecord? Find(IPartitionReader reader, string apiId) =>
        Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, apiId), ApiGatewayRecords.Default.ApiRecord);

    /// <summary>The caller's own API.</summary>
    /// <exception cref="ServiceException">There is none with this id in the caller's account and region.</exception>
    public static ApiRecord Own(IPartitionReader reader, string apiId, CallContext context) =>
        Find(reader, apiId) is { } record && record.BelongsTo(context)
            ? record
            : throw ApiGatewayV2Errors.NotFoundException.With($"Invalid API identifier specified {context.Account}:{apiId}").ToException();

    public static T? Read<T>(IPartitionReader reader, ReadOnlySpan<byte> key, JsonTypeInfo<T> type)
        where T : class
    {
        using var value = reader.Get(key);
        return value.Exists ? ApiGatewayRecords.Decode(value.Span, type) : null;
    }

    /// <summary>The parts of an API of one kind, in the order of their ids.</summary>
    public static List<T> Parts<T>(IPartitionReader reader, byte kind, string apiId, JsonTypeInfo<T> type)
    {
        var parts = new List<T>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, apiId))))
        {
            parts.Add(ApiGatewayRecords.Decode(entry.Value, type));
        }

        return parts;
    }

    /// <summary>The ids of the caller's APIs.</summary>
    public static List<string> Ids(IPartitionReader reader, CallContext context)
    {
        var ids = new List<string>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Regions, context.Account.Value, context.Region.Name))))
        {
            var key = new KeyReader(entry.Key[1..]);
            key.SkipBytes();
            key.SkipBytes();
            ids.Add(key.ReadText());
        }

        return ids;
    }
}
