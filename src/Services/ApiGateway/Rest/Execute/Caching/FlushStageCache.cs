using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Execute.Caching;

/// <summary>Forgets every answer that a stage's cache holds.</summary>
internal sealed class FlushStageCache(RestTable apis, StageCaches caches) : IHandler<FlushStageCacheInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(FlushStageCacheInput input, CallContext context, CancellationToken cancel)
    {
        StageRules.Own(apis.Partition, input.RestApiId, input.StageName, context);
        caches.Flush(input.RestApiId, input.StageName);
        return ValueTask.FromResult((Outcome<Unit>)Unit.Value);
    }
}
