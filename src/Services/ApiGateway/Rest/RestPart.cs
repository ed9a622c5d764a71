using System.Text.Json.Serialization.Metadata;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest;

/// <summary>A part of an API by its id. AWS does not say which of API and part is unknown.</summary>
internal static class RestPart
{
    public static T Own<T>(
        IPartitionReader reader, byte kind, string apiId, string id, JsonTypeInfo<T> type, CallContext context, Func<ServiceException> missing)
        where T : class =>
        RestTable.Find(reader, apiId) is { } api && api.BelongsTo(context)
            ? StoredJson.Read(reader, ApiGatewayKeyspace.Key(kind, apiId, id), type) ?? throw missing()
            : throw missing();
}
