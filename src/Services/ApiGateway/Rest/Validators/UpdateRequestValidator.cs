using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Validators;

/// <summary>
/// Changes a request validator.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRequestValidator-Patch"/>
/// </summary>
internal sealed class UpdateRequestValidator(RestTable apis) : IHandler<UpdateRequestValidatorInput, RequestValidator>
{
    private static readonly PatchTable<RequestValidator> s_patch = new PatchTable<RequestValidator>(PatchWords.Listed)
        .On("/name", "replace", static (validator, step) => validator.Name = ValidatorTable.Name(step.Value))
        .On("/validateRequestParameters", "replace", static (validator, step) => validator.ValidateRequestParameters = step.IsTrue)
        .On("/validateRequestBody", "replace", static (validator, step) => validator.ValidateRequestBody = step.IsTrue);

    public async ValueTask<Outcome<RequestValidator>> HandleAsync(
        UpdateRequestValidatorInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var validator = ValidatorTable.Own(current, input.RestApiId, input.RequestValidatorId, context);
            s_patch.Apply(validator, input.PatchOperations);
            RestPut.Validator(batch, input.RestApiId, validator);
            return validator;
        });
}
