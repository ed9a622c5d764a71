using Haneul.Acm.Certificates;
using Haneul.Acm.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Acm.Tags;

/// <summary>Removes tags of a certificate; where a value is given, only a tag with this value.</summary>
internal sealed class RemoveTagsFromCertificate(CertificateTable certificates) : IHandler<RemoveTagsFromCertificateInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(RemoveTagsFromCertificateInput input, CallContext context, CancellationToken cancel) =>
        certificates.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var record = CertificateTable.Own(current, input.CertificateArn, context);
            var kept = record.Tags.Where(tag => !input.Tags.Any(gone => gone.Key == tag.Key && (gone.Value is null || gone.Value == tag.Value))).ToDictionary();
            CertificateTable.Put(batch, record with { Tags = kept });
            return (Outcome<Unit>)Unit.Value;
        });
}
