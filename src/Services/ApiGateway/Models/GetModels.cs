using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Models;

/// <summary>Lists an API's models.</summary>
internal sealed class GetModels(ApiTable apis) : IHandler<GetModelsInput, GetModelsOutput>
{
    public ValueTask<Outcome<GetModelsOutput>> HandleAsync(GetModelsInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.Models, input.ApiId, ApiGatewayRecords.Default.Model);
        var (page, next) = Page.Of(all, part => part.ModelId!, input.MaxResults, input.NextToken);
        return new(new GetModelsOutput { Items = page, NextToken = next });
    }
}
