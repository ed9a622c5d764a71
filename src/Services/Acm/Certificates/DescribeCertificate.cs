using Haneul.Acm.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Acm.Certificates;

/// <summary>All that is known of a certificate but its key.</summary>
internal sealed class DescribeCertificate(CertificateTable certificates, CertificateView view) : IHandler<DescribeCertificateInput, DescribeCertificateOutput>
{
    public ValueTask<Outcome<DescribeCertificateOutput>> HandleAsync(DescribeCertificateInput input, CallContext context, CancellationToken cancel) =>
        new(new DescribeCertificateOutput
        {
            Certificate = view.Detail(CertificateTable.Own(certificates.Partition, input.CertificateArn, context), context.Time),
        });
}
