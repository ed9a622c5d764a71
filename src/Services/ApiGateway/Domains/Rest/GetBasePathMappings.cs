using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Lists the mappings of a domain.</summary>
internal sealed class GetBasePathMappings(DomainTable domains) : IHandler<GetBasePathMappingsInput, GetBasePathMappingsOutput>
{
    public ValueTask<Outcome<GetBasePathMappingsOutput>> HandleAsync(GetBasePathMappingsInput input, CallContext context, CancellationToken cancel)
    {
        var all = DomainTable.Own(domains.Partition, input.DomainName, context).Mappings.OrderBy(mapping => mapping.Key, StringComparer.Ordinal).ToList();
        var (items, position) = RestPage.Of(all, static mapping => MappingRules.Written(mapping.Key), input.Limit, input.Position);
        return new(new GetBasePathMappingsOutput { Items = [.. items.Select(DomainView.Of)], Position = position });
    }
}
