using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Deletes a custom domain name with its mappings.</summary>
internal sealed class DeleteDomainName(DomainTable domains) : IHandler<DeleteDomainNameInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteDomainNameInput input, CallContext context, CancellationToken cancel) =>
        domains.UpdateAsync((input.DomainName, context), static (current, batch, state) =>
        {
            DomainTable.Delete(batch, DomainTable.Own(current, state.DomainName, state.context));
            return (Outcome<Unit>)Unit.Value;
        });
}
