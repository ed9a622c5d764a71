using Haneul.Acm.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Acm.Certificates;

/// <summary>The certificate and its chain, in PEM.</summary>
internal sealed class GetCertificate(CertificateTable certificates) : IHandler<GetCertificateInput, GetCertificateOutput>
{
    public ValueTask<Outcome<GetCertificateOutput>> HandleAsync(GetCertificateInput input, CallContext context, CancellationToken cancel)
    {
        var record = CertificateTable.Own(certificates.Partition, input.CertificateArn, context);
        using var certificate = record.Read();
        return new(CertificateTable.Status(record, certificate.NotAfter, context.Time) == CertificateStatus.PendingValidation
            ? AcmErrors.RequestInProgressException.With($"The certificate {record.Arn} has not been issued yet.")
            : new GetCertificateOutput { Certificate = record.Certificate, CertificateChain = record.Chain });
    }
}
