using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Validators;

/// <summary>Deletes a request validator that no method uses.</summary>
internal sealed class DeleteRequestValidator(RestTable apis) : IHandler<DeleteRequestValidatorInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteRequestValidatorInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var validator = ValidatorTable.Own(current, input.RestApiId, input.RequestValidatorId, context);
            foreach (var resource in ResourceTable.All(current, input.RestApiId))
            {
                foreach (var (httpMethod, method) in resource.ResourceMethods ?? new Dictionary<string, Method>())
                {
                    if (method.RequestValidatorId == validator.Id)
                    {
                        throw RestFaults.Conflict(
                            $"Cannot delete request validator '{validator.Name}', is referenced in method: {resource.Path}/{httpMethod}");
                    }
                }
            }

            RestPut.Delete(batch, ApiGatewayKeyspace.RestValidators, input.RestApiId, input.RequestValidatorId);
            return (Outcome<Unit>)Unit.Value;
        });
}
