using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>
/// Makes a client certificate.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_GenerateClientCertificate.html"/>
/// </summary>
internal sealed class GenerateClientCertificate(RestTable apis, IIdSource ids) : IHandler<GenerateClientCertificateInput, ClientCertificate>
{
    private const int MostCertificates = 60;

    public async ValueTask<Outcome<ClientCertificate>> HandleAsync(
        GenerateClientCertificateInput input, CallContext context, CancellationToken cancel)
    {
        // Keys take long to make: not under the partition's latch.
        var record = NewCertificate.Make(
            Texts.NewId(ids), Texts.NullIfEmpty(input.Description), input.Tags is { Count: > 0 } tags ? TagRules.Check(tags) : null, context.Time);
        return await apis.Partition.UpdateAsync((record, context), static (current, batch, state) =>
        {
            var (record, context) = state;
            if (CertificateTable.All(current, context).Count >= MostCertificates)
            {
                throw RestFaults.LimitExceeded("Maximum number of client certificates for this account has been reached.");
            }

            CertificateTable.Put(batch, context, record);
            return record.Certificate;
        });
    }
}
