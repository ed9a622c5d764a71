using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>Shows a model; flattened, the models that it refers to are in it.</summary>
internal sealed class GetModel(RestTable apis) : IHandler<GetModelInput, Model>
{
    public ValueTask<Outcome<Model>> HandleAsync(GetModelInput input, CallContext context, CancellationToken cancel)
    {
        var model = ModelTable.Own(apis.Partition, input.RestApiId, input.ModelName, context);
        if (input.Flatten == true && model.SchemaValue is { } schema)
        {
            model.SchemaValue = FlatSchema.Of(schema, ModelTable.All(apis.Partition, input.RestApiId));
        }

        return new(model);
    }
}
