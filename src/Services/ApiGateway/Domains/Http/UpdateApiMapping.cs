using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Changes a mapping; what is not given stays.</summary>
internal sealed class UpdateApiMapping(DomainTable domains) : IHandler<UpdateApiMappingRequest, ApiMapping>
{
    public async ValueTask<Outcome<ApiMapping>> HandleAsync(UpdateApiMappingRequest input, CallContext context, CancellationToken cancel)
    {
        var changed = await domains.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var domain = DomainTable.Own(current, input.DomainName, context);
            var old = GetApiMapping.Find(domain, input.ApiMappingId);
            var key = input.ApiMappingKey is null ? old.Key : MappingRules.Key(input.ApiMappingKey);
            var mapping = old with { ApiId = input.ApiId, Key = key, Stage = input.Stage ?? old.Stage };
            DomainTable.Put(batch, MappingRules.With(current, domain, mapping, old, levels: true, context));
            return mapping;
        });
        return DomainView.Of(changed);
    }
}
