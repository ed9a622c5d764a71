using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Forgets what the authorizers of a stage answered.</summary>
internal sealed class ResetAuthorizersCache(ApiTable apis, LambdaAuthorizers authorizers) : IHandler<ResetAuthorizersCacheInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(ResetAuthorizersCacheInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        if (!apis.Partition.Contains(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, input.ApiId, input.StageName)))
        {
            throw StageRules.Missing();
        }

        authorizers.Cache.Flush(input.ApiId, input.StageName);
        return new(Unit.Value);
    }
}
