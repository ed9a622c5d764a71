using Haneul.Acm.Certificates;
using Haneul.Acm.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Acm.Tags;

/// <summary>Sets tags of a certificate.</summary>
internal sealed class AddTagsToCertificate(CertificateTable certificates) : IHandler<AddTagsToCertificateInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(AddTagsToCertificateInput input, CallContext context, CancellationToken cancel) =>
        certificates.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var record = CertificateTable.Own(current, input.CertificateArn, context);
            if (TagRules.Check(input.Tags, record.Tags.Keys) is { } invalid)
            {
                return (Outcome<Unit>)invalid;
            }

            CertificateTable.Put(batch, record with { Tags = TagRules.Map(input.Tags, record.Tags) });
            return Unit.Value;
        });
}
