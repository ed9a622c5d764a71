using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>
/// Adds a response to a method.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html"/>
/// </summary>
internal sealed class PutMethodResponse(RestTable apis) : IHandler<PutMethodResponseInput, MethodResponse>
{
    public async ValueTask<Outcome<MethodResponse>> HandleAsync(PutMethodResponseInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (current, method) =>
        {
            var response = new MethodResponse
            {
                StatusCode = input.StatusCode,
                ResponseParameters = input.ResponseParameters,
                ResponseModels = input.ResponseModels,
            };
            MethodResponseRules.Check(current, input.RestApiId, response);
            if (method.MethodResponses?.ContainsKey(input.StatusCode) == true)
            {
                throw RestFaults.Conflict("Response already exists for this resource");
            }

            method.MethodResponses = Texts.With(method.MethodResponses, input.StatusCode, response);
            return response;
        });
}
