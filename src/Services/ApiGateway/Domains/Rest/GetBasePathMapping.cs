using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Shows a mapping.</summary>
internal sealed class GetBasePathMapping(DomainTable domains) : IHandler<GetBasePathMappingInput, BasePathMapping>
{
    public ValueTask<Outcome<BasePathMapping>> HandleAsync(GetBasePathMappingInput input, CallContext context, CancellationToken cancel) =>
        new(DomainView.Of(Find(DomainTable.Own(domains.Partition, input.DomainName, context), input.BasePath)));

    internal static DomainMapping Find(DomainRecord domain, string basePath) =>
        domain.Mappings.FirstOrDefault(mapping => mapping.Key == MappingRules.Key(basePath))
        ?? throw RestFaults.NotFound("Invalid base path mapping identifier specified");
}
