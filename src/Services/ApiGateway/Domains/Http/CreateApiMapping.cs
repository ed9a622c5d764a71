using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>
/// Maps a part of a domain to a stage; keys may have several levels.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html"/>
/// </summary>
internal sealed class CreateApiMapping(DomainTable domains, IIdSource ids) : IHandler<CreateApiMappingRequest, ApiMapping>
{
    public async ValueTask<Outcome<ApiMapping>> HandleAsync(CreateApiMappingRequest input, CallContext context, CancellationToken cancel)
    {
        var mapping = new DomainMapping(ids.NewString(6, RandomIdSource.LowerAlphanumeric), MappingRules.Key(input.ApiMappingKey), input.ApiId, input.Stage);
        await domains.UpdateAsync((input, mapping, context), static (current, batch, state) =>
        {
            var domain = DomainTable.Own(current, state.input.DomainName, state.context);
            DomainTable.Put(batch, MappingRules.With(current, domain, state.mapping, replaced: null, levels: true, state.context));
            return true;
        });
        return DomainView.Of(mapping);
    }
}
