using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Validators;

/// <summary>
/// Adds a request validator to an API.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRequestValidator.html"/>
/// </summary>
internal sealed class CreateRequestValidator(RestTable apis, IIdSource ids) : IHandler<CreateRequestValidatorInput, RequestValidator>
{
    public async ValueTask<Outcome<RequestValidator>> HandleAsync(
        CreateRequestValidatorInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            if (RestTable.Find(current, input.RestApiId)?.BelongsTo(context) != true)
            {
                throw RestFaults.BadRequest("Invalid REST API identifier specified");
            }

            var validator = new RequestValidator
            {
                Id = Texts.NewId(ids),
                Name = ValidatorTable.Name(input.Name),
                ValidateRequestBody = input.ValidateRequestBody ?? false,
                ValidateRequestParameters = input.ValidateRequestParameters ?? false,
            };
            RestPut.Validator(batch, input.RestApiId, validator);
            return validator;
        });
}
