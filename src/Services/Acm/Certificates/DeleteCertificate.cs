using Haneul.Acm.Contracts;
using Haneul.Integration.Certificates;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Acm.Certificates;

/// <summary>Deletes a certificate that nothing uses.</summary>
internal sealed class DeleteCertificate(CertificateTable certificates, IEnumerable<ICertificateUsers> users) : IHandler<DeleteCertificateInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteCertificateInput input, CallContext context, CancellationToken cancel) =>
        certificates.Partition.UpdateAsync((input, context, users), static (current, batch, state) =>
        {
            var record = CertificateTable.Own(current, state.input.CertificateArn, state.context);
            if (state.users.Any(user => user.UsesOf(record.Arn).Count > 0))
            {
                return (Outcome<Unit>)AcmErrors.ResourceInUseException.With(
                    $"Certificate {record.Arn} in account {record.Account} is in use.");
            }

            batch.Delete(AcmKeyspace.Key(record.Account, record.Region, record.Id));
            return Unit.Value;
        });
}
