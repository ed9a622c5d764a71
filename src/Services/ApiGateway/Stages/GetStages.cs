using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Stages;

/// <summary>Lists an API's stages.</summary>
internal sealed class GetStages(ApiTable apis) : IHandler<GetStagesInput, GetStagesOutput>
{
    public ValueTask<Outcome<GetStagesOutput>> HandleAsync(GetStagesInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.Stages, input.ApiId, ApiGatewayRecords.Default.Stage);
        var (page, next) = Page.Of(all, stage => stage.StageName, input.MaxResults, input.NextToken);
        return new(new GetStagesOutput { Items = page, NextToken = next });
    }
}
