using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Execute.Authorization;

/// <summary>Forgets what a stage's Lambda authorizers have answered.</summary>
internal sealed class FlushStageAuthorizersCache(RestTable apis, LambdaAuthorizers authorizers) : IHandler<FlushStageAuthorizersCacheInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(FlushStageAuthorizersCacheInput input, CallContext context, CancellationToken cancel)
    {
        StageRules.Own(apis.Partition, input.RestApiId, input.StageName, context);
        authorizers.Cache.Flush(input.RestApiId, input.StageName);
        return ValueTask.FromResult((Outcome<Unit>)Unit.Value);
    }
}
