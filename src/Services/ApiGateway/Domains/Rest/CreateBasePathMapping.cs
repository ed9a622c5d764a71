using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Maps a base path of a domain to an API. <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html"/></summary>
internal sealed class CreateBasePathMapping(DomainTable domains, IIdSource ids) : IHandler<CreateBasePathMappingInput, BasePathMapping>
{
    public async ValueTask<Outcome<BasePathMapping>> HandleAsync(CreateBasePathMappingInput input, CallContext context, CancellationToken cancel)
    {
        var mapping = new DomainMapping(
            ids.NewString(6, RandomIdSource.LowerAlphanumeric), MappingRules.Key(input.BasePath), input.RestApiId, input.Stage is null or "" ? null : input.Stage);
        await domains.UpdateAsync((input, mapping, context), static (current, batch, state) =>
        {
            var domain = DomainTable.Own(current, state.input.DomainName, state.context);
            DomainTable.Put(batch, MappingRules.With(current, domain, state.mapping, replaced: null, levels: false, state.context));
            return true;
        });
        return DomainView.Of(mapping);
    }
}
