using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Shows a custom domain name.</summary>
internal sealed class GetDomainName(DomainTable domains) : IHandler<GetDomainNameInput, DomainName>
{
    public ValueTask<Outcome<DomainName>> HandleAsync(GetDomainNameInput input, CallContext context, CancellationToken cancel) =>
        new(DomainView.Of(DomainTable.Own(domains.Partition, input.DomainName, context)));
}
