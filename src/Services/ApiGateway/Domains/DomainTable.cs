using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Haneul.ApiGateway.Rest;
using Haneul.Integration.Certificates;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Domains;

/// <summary>
/// Keeps custom domain names. They are few and every request asks whether its host is one, so all of them are in memory; after a change they are read
/// anew.
/// </summary>
internal sealed class DomainTable : ICertificateUsers
{
    private volatile FrozenDictionary<string, DomainRecord> _byName;

    public DomainTable(IStore store)
    {
        Partition = store.Partition(ApiGatewayKeyspace.Partition);
        _byName = Read();
    }

    public IPartition Partition { get; }

    /// <summary>The domain of a host name: its own, or one with a star for the first label.</summary>
    public DomainRecord? ByHost(string host)
    {
        var all = _byName;
        if (all.Count == 0)
        {
            return null;
        }

        return all.TryGetValue(host, out var own) ? own
            : host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? all.GetValueOrDefault("*" + host[dot..])
            : null;
    }

    public string? FindCertificate(string host) => ByHost(host)?.CertificateArn;

    public IReadOnlyList<string> UsesOf(string certificateArn) =>
        [.. _byName.Values.Where(domain => domain.CertificateArn == certificateArn).Select(domain => domain.Arn)];

    /// <summary>The domains of a caller, in order of their names.</summary>
    public IReadOnlyList<DomainRecord> Of(CallContext context) =>
        [.. _byName.Values.Where(domain => domain.BelongsTo(context)).OrderBy(domain => domain.Name, StringComparer.Ordinal)];

    /// <summary>The caller's own domain.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">There is none.</exception>
    public static DomainRecord Own(IPartitionReader reader, string name, CallContext context) =>
        Find(reader, name) is { } record && record.BelongsTo(context)
            ? record
            : throw RestFaults.NotFound("Invalid domain name identifier specified");

    public static DomainRecord? Find(IPartitionReader reader, string name) => StoredJson.Read(reader, Key(name), DomainJson.Default.DomainRecord);

    public static void Put(Batch batch, DomainRecord record) =>
        batch.Put(Key(record.Name), StoredJson.Encode(record, DomainJson.Default.DomainRecord));

    public static void Delete(Batch batch, DomainRecord record) => batch.Delete(Key(record.Name));

    /// <summary>Commits a change and takes notice of it.</summary>
    public async ValueTask<TResult> UpdateAsync<TState, TResult>(TState state, Decision<TState, TResult> decide)
    {
        var result = await Partition.UpdateAsync(state, decide);
        _byName = Read();
        return result;
    }

    private static byte[] Key(string name) => ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Domains, name.ToLowerInvariant());

    private FrozenDictionary<string, DomainRecord> Read()
    {
        var all = new List<DomainRecord>();
        foreach (var entry in Partition.Scan(KeyRange.Prefix(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Domains))))
        {
            all.Add(StoredJson.Decode(entry.Value, DomainJson.Default.DomainRecord));
        }

        return all.ToFrozenDictionary(domain => domain.Name, StringComparer.OrdinalIgnoreCase);
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DomainRecord))]
internal sealed partial class DomainJson : JsonSerializerContext;
