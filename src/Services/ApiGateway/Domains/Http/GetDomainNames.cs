using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Lists the caller's custom domain names.</summary>
internal sealed class GetDomainNames(DomainTable domains) : IHandler<GetDomainNamesInput, GetDomainNamesOutput>
{
    public ValueTask<Outcome<GetDomainNamesOutput>> HandleAsync(GetDomainNamesInput input, CallContext context, CancellationToken cancel)
    {
        var (items, next) = Page.Of(domains.Of(context), static domain => domain.Name, input.MaxResults, input.NextToken);
        return new(new GetDomainNamesOutput { Items = [.. items.Select(DomainView.Of)], NextToken = next });
    }
}
