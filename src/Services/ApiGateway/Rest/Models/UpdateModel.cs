using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>
/// Changes a model.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateModel-Patch"/>
/// </summary>
internal sealed class UpdateModel(RestTable apis) : IHandler<UpdateModelInput, Model>
{
    private static readonly PatchTable<Model> s_patch = new PatchTable<Model>(PatchWords.Listed)
        .On("/description", "replace", static (model, step) => model.Description = step.Text)
        .On("/schema", "replace", static (model, step) => model.SchemaValue = ModelSchema.Check(step.Value));

    public async ValueTask<Outcome<Model>> HandleAsync(UpdateModelInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var model = ModelTable.Own(current, input.RestApiId, input.ModelName, context);
            s_patch.Apply(model, input.PatchOperations);
            RestPut.Model(batch, input.RestApiId, model);
            return model;
        });
}
