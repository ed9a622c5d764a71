using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.ApiGateway;

/// <summary>The service's stored values, of both versions: a version byte, then JSON.</summary>
internal static class StoredJson
{
    private const byte Version = 1;

    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => [Version, .. JsonSerializer.SerializeToUtf8Bytes(value, type)];

    public static T Decode<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(bytes[1..], type)!;

    public static T? Read<T>(IPartitionReader reader, ReadOnlySpan<byte> key, JsonTypeInfo<T> type)
        where T : class
    {
        using var value = reader.Get(key);
        return value.Exists ? Decode(value.Span, type) : null;
    }

    /// <summary>The parts of an API of one kind, in the order of their ids.</summary>
    public static List<T> Parts<T>(IPartitionReader reader, byte kind, string apiId, JsonTypeInfo<T> type)
    {
        var parts = new List<T>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, apiId))))
        {
            parts.Add(Decode(entry.Value, type));
        }

        return parts;
    }

    /// <summary>The ids of the caller's APIs.</summary>
    /// <param name="reader">What is read from.</param>
    /// <param name="kind">The kind of key that lists a region's APIs.</param>
    /// <param name="context">The caller.</param>
    public static List<string> Ids(IPartitionReader reader, byte kind, CallContext context)
    {
        var ids = new List<string>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, context.Account.Value, context.Region.Name))))
        {
            var key = new KeyReader(entry.Key[1..]);
            key.SkipBytes();
            key.SkipBytes();
            ids.Add(key.ReadText());
        }

        return ids;
    }
}
