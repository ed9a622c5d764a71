using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Models;

/// <summary>Shows a model.</summary>
internal sealed class GetModel(ApiTable apis) : IHandler<GetModelInput, Model>
{
    public ValueTask<Outcome<Model>> HandleAsync(GetModelInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var key = ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Models, input.ApiId, input.ModelId);
        return new((StoredJson.Read(apis.Partition, key, ApiGatewayRecords.Default.Model) ?? throw ModelRules.Missing(input.ModelId)));
    }
}
