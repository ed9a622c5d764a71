using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Deletes a mapping.</summary>
internal sealed class DeleteBasePathMapping(DomainTable domains) : IHandler<DeleteBasePathMappingInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteBasePathMappingInput input, CallContext context, CancellationToken cancel) =>
        domains.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var domain = DomainTable.Own(current, state.input.DomainName, state.context);
            var gone = GetBasePathMapping.Find(domain, state.input.BasePath);
            DomainTable.Put(batch, domain with { Mappings = [.. domain.Mappings.Where(mapping => mapping != gone)] });
            return (Outcome<Unit>)Unit.Value;
        });
}
