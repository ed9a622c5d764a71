using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Validators;

/// <summary>Shows a request validator.</summary>
internal sealed class GetRequestValidator(RestTable apis) : IHandler<GetRequestValidatorInput, RequestValidator>
{
    public ValueTask<Outcome<RequestValidator>> HandleAsync(GetRequestValidatorInput input, CallContext context, CancellationToken cancel) =>
        new(ValidatorTable.Own(apis.Partition, input.RestApiId, input.RequestValidatorId, context));
}
