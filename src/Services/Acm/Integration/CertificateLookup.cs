using Haneul.Acm.Certificates;
using Haneul.Acm.Contracts;
using Haneul.Integration.Certificates;

namespace Haneul.Acm.Integration;

/// <summary>Tells services about certificates.</summary>
internal sealed class CertificateLookup(CertificateTable certificates, TimeProvider time) : ICertificates
{
    public CertificateFacts? Find(string certificateArn)
    {
        if (certificates.Find(certificateArn) is not { } record)
        {
            return null;
        }

        using var certificate = record.Read();
        var issued = CertificateTable.Status(record, certificate.NotAfter, time.GetUtcNow()) == CertificateStatus.Issued;
        return new CertificateFacts(record.Account, record.Names, issued, certificate.NotAfter);
    }
}
