using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Authorizers;

/// <summary>Shows an authorizer.</summary>
internal sealed class GetAuthorizer(RestTable apis) : IHandler<GetAuthorizerInput, Authorizer>
{
    public ValueTask<Outcome<Authorizer>> HandleAsync(GetAuthorizerInput input, CallContext context, CancellationToken cancel) =>
        new(AuthorizerRules.Own(apis.Partition, input.RestApiId, input.AuthorizerId, context));
}
