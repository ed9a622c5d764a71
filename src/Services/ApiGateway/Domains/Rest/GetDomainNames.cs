using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Lists the caller's custom domain names.</summary>
internal sealed class GetDomainNames(DomainTable domains) : IHandler<GetDomainNamesInput, GetDomainNamesOutput>
{
    public ValueTask<Outcome<GetDomainNamesOutput>> HandleAsync(GetDomainNamesInput input, CallContext context, CancellationToken cancel)
    {
        var (items, position) = RestPage.Of(domains.Of(context), static domain => domain.Name, input.Limit, input.Position);
        return new(new GetDomainNamesOutput { Items = [.. items.Select(DomainView.Of)], Position = position });
    }
}
