using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Rest;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Shows a mapping.</summary>
internal sealed class GetApiMapping(DomainTable domains) : IHandler<GetApiMappingInput, ApiMapping>
{
    public ValueTask<Outcome<ApiMapping>> HandleAsync(GetApiMappingInput input, CallContext context, CancellationToken cancel) =>
        new(DomainView.Of(Find(DomainTable.Own(domains.Partition, input.DomainName, context), input.ApiMappingId)));

    internal static DomainMapping Find(DomainRecord domain, string id) =>
        domain.Mappings.FirstOrDefault(mapping => mapping.Id == id) ?? throw RestFaults.NotFound("Invalid API mapping identifier specified");
}
