using Haneul.Acm.Certificates;
using Haneul.Acm.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Acm.Tags;

/// <summary>The tags of a certificate.</summary>
internal sealed class ListTagsForCertificate(CertificateTable certificates) : IHandler<ListTagsForCertificateInput, ListTagsForCertificateOutput>
{
    public ValueTask<Outcome<ListTagsForCertificateOutput>> HandleAsync(ListTagsForCertificateInput input, CallContext context, CancellationToken cancel) =>
        new(new ListTagsForCertificateOutput
        {
            Tags = [.. CertificateTable.Own(certificates.Partition, input.CertificateArn, context).Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        });
}
