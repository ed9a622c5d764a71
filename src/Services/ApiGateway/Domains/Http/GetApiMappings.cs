using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Lists the mappings of a domain.</summary>
internal sealed class GetApiMappings(DomainTable domains) : IHandler<GetApiMappingsInput, GetApiMappingsOutput>
{
    public ValueTask<Outcome<GetApiMappingsOutput>> HandleAsync(GetApiMappingsInput input, CallContext context, CancellationToken cancel)
    {
        var all = DomainTable.Own(domains.Partition, input.DomainName, context).Mappings.OrderBy(mapping => mapping.Id, StringComparer.Ordinal);
        var (items, next) = Page.Of(all, static mapping => mapping.Id, input.MaxResults, input.NextToken);
        return new(new GetApiMappingsOutput { Items = [.. items.Select(DomainView.Of)], NextToken = next });
    }
}
