using System.Security.Cryptography;
using Haneul.Acm.Authority;
using Haneul.Acm.Certificates;
using Haneul.Acm.Contracts;
using Haneul.Integration;
using Microsoft.Extensions.Logging;

namespace Haneul.Acm;

/// <summary>
/// Renews what ACM issued, with the same key, 60 days before it ends.
/// <see href="https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html"/>
/// </summary>
internal sealed class RenewalLoop(CertificateTable certificates, LocalAuthority authority, TimeProvider time, ILogger<RenewalLoop> log)
    : UpkeepLoop(time, TimeSpan.FromHours(12))
{
    private static readonly TimeSpan s_before = TimeSpan.FromDays(60);

    public override async Task RunOnceAsync(CancellationToken cancel)
    {
        foreach (var record in CertificateTable.List(certificates.Partition, AcmKeyspace.All).ToList())
        {
            using var certificate = record.Read();
            if (record.Type == CertificateType.AmazonIssued && certificate.NotAfter - s_before <= Time.GetUtcNow())
            {
                await RenewAsync(record);
            }
        }
    }

    protected override void Failed(Exception exception) => Log.RenewalFailed(log, exception);

    private async Task RenewAsync(CertificateRecord record)
    {
        using AsymmetricAlgorithm key = record.KeyAlgorithm.StartsWith("RSA", StringComparison.Ordinal) ? RSA.Create() : ECDsa.Create();
        key.ImportFromPem(record.PrivateKey);
        using var certificate = authority.Issue(record.Names, key);
        var renewed = (Pem: certificate.ExportCertificatePem() + "\n", authority.Chain, Now: Time.GetUtcNow());
        await certificates.Partition.UpdateAsync((record.Arn, renewed, record), static (current, batch, state) =>
        {
            using var value = current.Get(AcmKeyspace.Key(state.record.Account, state.record.Region, state.record.Id));
            if (value.Exists)
            {
                var now = AcmKeyspace.Decode(value.Span);
                CertificateTable.Put(batch, now with { Certificate = state.renewed.Pem, Chain = state.renewed.Chain, RenewedAt = state.renewed.Now });
            }

            return true;
        });
    }
}
