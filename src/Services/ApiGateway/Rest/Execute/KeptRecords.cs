using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>
/// Reads APIs and stages for requests. Each request asks the store, so that a change counts at once; what it reads is decoded only if it differs from
/// what was read last.
/// </summary>
internal sealed class KeptRecords(RestTable apis)
{
    private const int MaxKept = 4096;

    private readonly ConcurrentDictionary<string, Kept<RestApiRecord>> _apis = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Api, string Stage), Kept<Stage>> _stages = new();

    public RestApiRecord? FindApi(string id) =>
        Find(_apis, id, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestApis, id), RestRecords.Default.RestApiRecord);

    public Stage? FindStage(string api, string stage) =>
        Find(_stages, (api, stage), ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestStages, api, stage), RestRecords.Default.Stage);

    private T? Find<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey name, byte[] key, JsonTypeInfo<T> type)
        where TKey : notnull
        where T : class
    {
        using var value = apis.Partition.Get(key);
        if (!value.Exists)
        {
            return null;
        }

        if (kept.TryGetValue(name, out var last) && value.Span.SequenceEqual(last.Bytes))
        {
            return last.Value;
        }

        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        var decoded = StoredJson.Decode(value.Span, type);
        kept[name] = new Kept<T>(value.Span.ToArray(), decoded);
        return decoded;
    }

    private sealed record Kept<T>(byte[] Bytes, T Value);
}
