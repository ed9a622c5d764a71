using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>Shows a client certificate.</summary>
internal sealed class GetClientCertificate(RestTable apis) : IHandler<GetClientCertificateInput, ClientCertificate>
{
    public ValueTask<Outcome<ClientCertificate>> HandleAsync(GetClientCertificateInput input, CallContext context, CancellationToken cancel)
    {
        var certificate = CertificateTable.Own(apis.Partition, input.ClientCertificateId, context).Certificate;
        certificate.Tags ??= new Dictionary<string, string>();
        return new(certificate);
    }
}
