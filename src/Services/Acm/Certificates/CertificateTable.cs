using Haneul.Acm.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.Acm.Certificates;

/// <summary>Reads certificates.</summary>
internal sealed class CertificateTable(IStore store)
{
    /// <summary>How long a request waits for its validation, which here succeeds by itself.</summary>
    public static readonly TimeSpan ValidationTime = TimeSpan.FromSeconds(2);

    public IPartition Partition { get; } = store.Partition(AcmKeyspace.Partition);

    public CertificateRecord? Find(string arn) =>
        Arn.TryParse(arn, out var parsed) && parsed.Service == "acm" && parsed.Resource.StartsWith("certificate/", StringComparison.Ordinal)
            ? Find(Partition, parsed.Account, parsed.Region, parsed.Resource["certificate/".Length..])
            : null;

    /// <summary>The caller's own certificate.</summary>
    /// <exception cref="ServiceException">The ARN is none, or there is no such certificate.</exception>
    public static CertificateRecord Own(IPartitionReader reader, string arn, CallContext context)
    {
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "acm" || !parsed.Resource.StartsWith("certificate/", StringComparison.Ordinal))
        {
            throw AcmErrors.InvalidArnException.With($"The ARN {arn} is not the ARN of a certificate.").ToException();
        }

        var record = parsed.Account == context.Account.Value && parsed.Region == context.Region.Name
            ? Find(reader, parsed.Account, parsed.Region, parsed.Resource["certificate/".Length..])
            : null;
        return record ?? throw AcmErrors.ResourceNotFoundException.With($"Could not find certificate {arn}.").ToException();
    }

    public static IEnumerable<CertificateRecord> List(IPartitionReader reader, byte[] prefix)
    {
        foreach (var entry in reader.Scan(KeyRange.Prefix(prefix)))
        {
            yield return AcmKeyspace.Decode(entry.Value);
        }
    }

    public static void Put(Batch batch, CertificateRecord record) =>
        batch.Put(AcmKeyspace.Key(record.Account, record.Region, record.Id), AcmKeyspace.Encode(record));

    /// <summary>Whether a certificate can be used: requests are validated a moment after they are made.</summary>
    public static string Status(CertificateRecord record, DateTimeOffset notAfter, DateTimeOffset now) =>
        now >= notAfter ? CertificateStatus.Expired
        : record.Type == CertificateType.AmazonIssued && now < record.CreatedAt + ValidationTime ? CertificateStatus.PendingValidation
        : CertificateStatus.Issued;

    private static CertificateRecord? Find(IPartitionReader reader, string account, string region, string id)
    {
        using var value = reader.Get(AcmKeyspace.Key(account, region, id));
        return value.Exists ? AcmKeyspace.Decode(value.Span) : null;
    }
}
