using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Shows an authorizer.</summary>
internal sealed class GetAuthorizer(ApiTable apis) : IHandler<GetAuthorizerInput, Authorizer>
{
    public ValueTask<Outcome<Authorizer>> HandleAsync(GetAuthorizerInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Authorizers, input.ApiId, input.AuthorizerId);
        return new(StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.Authorizer) ?? throw AuthorizerRules.Missing(input.AuthorizerId));
    }
}
