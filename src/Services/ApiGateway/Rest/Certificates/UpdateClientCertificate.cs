using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>
/// Changes a client certificate's description.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateClientCertificate-Patch"/>
/// </summary>
internal sealed class UpdateClientCertificate(RestTable apis) : IHandler<UpdateClientCertificateInput, ClientCertificate>
{
    private static readonly PatchTable<ClientCertificate> s_patch = new PatchTable<ClientCertificate>(PatchWords.Listed)
        .On("/description", "replace", static (certificate, step) => certificate.Description = step.Text);

    public async ValueTask<Outcome<ClientCertificate>> HandleAsync(
        UpdateClientCertificateInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var record = CertificateTable.Own(current, input.ClientCertificateId, context);
            s_patch.Apply(record.Certificate, input.PatchOperations);
            CertificateTable.Put(batch, context, record);
            return record.Certificate;
        });
}
