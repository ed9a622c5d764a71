using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>Lists an API's models, in the order of their names.</summary>
internal sealed class GetModels(RestTable apis) : IHandler<GetModelsInput, GetModelsOutput>
{
    public ValueTask<Outcome<GetModelsOutput>> HandleAsync(GetModelsInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var (page, position) = RestPage.Of(
            ModelTable.All(apis.Partition, input.RestApiId), static model => model.Name!, input.Limit, input.Position);
        return new(new GetModelsOutput { Items = page, Position = position });
    }
}
