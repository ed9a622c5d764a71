using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>
/// Sets a response of an integration.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html"/>
/// </summary>
internal sealed class PutIntegrationResponse(RestTable apis) : IHandler<PutIntegrationResponseInput, IntegrationResponse>
{
    public async ValueTask<Outcome<IntegrationResponse>> HandleAsync(
        PutIntegrationResponseInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (_, method) =>
        {
            var integration = IntegrationTarget.Of(method);
            var response = new IntegrationResponse
            {
                StatusCode = input.StatusCode,
                SelectionPattern = input.SelectionPattern,
                ResponseParameters = input.ResponseParameters,
                ResponseTemplates = IntegrationResponseRules.Templates(input.ResponseTemplates),
                ContentHandling = input.ContentHandling,
            };
            IntegrationResponseRules.Check(response, method);
            integration.IntegrationResponses = Texts.With(integration.IntegrationResponses, input.StatusCode, response);
            return response;
        });
}
