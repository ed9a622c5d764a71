using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>Lists the client certificates of the account in the region.</summary>
internal sealed class GetClientCertificates(RestTable apis) : IHandler<GetClientCertificatesInput, GetClientCertificatesOutput>
{
    public ValueTask<Outcome<GetClientCertificatesOutput>> HandleAsync(
        GetClientCertificatesInput input, CallContext context, CancellationToken cancel)
    {
        var all = CertificateTable.All(apis.Partition, context).ConvertAll(static record => record.Certificate);
        var (page, position) = RestPage.Of(all, static certificate => certificate.ClientCertificateId!, input.Limit, input.Position);
        return new(new GetClientCertificatesOutput { Items = page, Position = position });
    }
}
