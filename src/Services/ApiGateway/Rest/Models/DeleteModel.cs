using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>Deletes a model that no method and no other model refers to.</summary>
internal sealed class DeleteModel(RestTable apis) : IHandler<DeleteModelInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteModelInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            ModelTable.Own(current, input.RestApiId, input.ModelName, context);
            CheckUnused(current, input.RestApiId, input.ModelName);
            RestPut.Delete(batch, ApiGatewayKeyspace.RestModels, input.RestApiId, input.ModelName);
            return (Outcome<Unit>)Unit.Value;
        });

    private static void CheckUnused(IPartitionReader reader, string apiId, string name)
    {
        foreach (var resource in ResourceTable.All(reader, apiId).OrderByDescending(static resource => resource.Path, StringComparer.Ordinal))
        {
            foreach (var (httpMethod, method) in resource.ResourceMethods ?? new Dictionary<string, Method>())
            {
                if (method.RequestModels?.Values.Contains(name) == true)
                {
                    throw RestFaults.Conflict($"Cannot delete model '{name}', is referenced in method request: {resource.Path}/{httpMethod}");
                }

                if (method.MethodResponses?.Values.Any(response => response.ResponseModels?.Values.Contains(name) == true) == true)
                {
                    throw RestFaults.Conflict($"Cannot delete model '{name}', is referenced in method response: {resource.Path}/{httpMethod}");
                }
            }
        }

        foreach (var model in ModelTable.All(reader, apiId).Where(model => model.Name != name))
        {
            if (model.SchemaValue?.Contains($"/models/{name}\"", StringComparison.Ordinal) == true)
            {
                throw RestFaults.Conflict($"Cannot delete model '{name}', is referenced in model: {model.Name}");
            }
        }
    }
}
