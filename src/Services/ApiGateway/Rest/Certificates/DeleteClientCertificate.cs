using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>Deletes a client certificate that no stage uses.</summary>
internal sealed class DeleteClientCertificate(RestTable apis) : IHandler<DeleteClientCertificateInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteClientCertificateInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            CertificateTable.Own(current, input.ClientCertificateId, context);
            foreach (var api in StoredJson.Ids(current, ApiGatewayKeyspace.RestRegions, context))
            {
                if (StageRules.All(current, api).Find(stage => stage.ClientCertificateId == input.ClientCertificateId) is { } stage)
                {
                    throw RestFaults.BadRequest(
                        $"Cannot delete client certificate '{input.ClientCertificateId}', is used by stage {stage.StageName} of API {api}");
                }
            }

            batch.Delete(AccountTable.Key(ApiGatewayKeyspace.ClientCertificates, context, input.ClientCertificateId));
            return (Outcome<Unit>)Unit.Value;
        });
}
