using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Deletes a mapping.</summary>
internal sealed class DeleteApiMapping(DomainTable domains) : IHandler<DeleteApiMappingInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteApiMappingInput input, CallContext context, CancellationToken cancel) =>
        domains.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var domain = DomainTable.Own(current, state.input.DomainName, state.context);
            var gone = GetApiMapping.Find(domain, state.input.ApiMappingId);
            DomainTable.Put(batch, domain with { Mappings = [.. domain.Mappings.Where(mapping => mapping != gone)] });
            return (Outcome<Unit>)Unit.Value;
        });
}
