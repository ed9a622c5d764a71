using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>
/// Changes a response of an integration.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegrationResponse-Patch"/>
/// </summary>
internal sealed class UpdateIntegrationResponse(RestTable apis) : IHandler<UpdateIntegrationResponseInput, IntegrationResponse>
{
    private static readonly PatchTable<IntegrationResponse> s_patch = new PatchTable<IntegrationResponse>(PatchWords.Plain)
        .On("/selectionPattern", "replace", static (response, step) => response.SelectionPattern = step.Value ?? "")
        .On("/contentHandling", "replace", static (response, step) => response.ContentHandling = ContentHandling.Of(step.Text))
        .On("/responseParameters/{}", "add remove replace", ChangeParameter)
        .On("/responseTemplates/{}", "add remove replace", ChangeTemplate);

    public async ValueTask<Outcome<IntegrationResponse>> HandleAsync(
        UpdateIntegrationResponseInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (_, method) =>
        {
            var response = IntegrationTarget.Response(IntegrationTarget.Of(method), input.StatusCode);
            s_patch.Apply(response, input.PatchOperations);
            IntegrationResponseRules.Check(response, method);
            return response;
        });

    private static void ChangeParameter(IntegrationResponse response, PatchStep step)
    {
        UpdateMethod.CheckPresent(response.ResponseParameters, step, "Invalid parameter name specified");
        response.ResponseParameters = step.IsRemove
            ? Texts.Without(response.ResponseParameters, step.Name)
            : Texts.With(response.ResponseParameters, step.Name, step.Value ?? "");
    }

    private static void ChangeTemplate(IntegrationResponse response, PatchStep step)
    {
        UpdateMethod.CheckPresent(response.ResponseTemplates, step, "Invalid template content type specified");
        response.ResponseTemplates = step.IsRemove
            ? Texts.Without(response.ResponseTemplates, step.Name)
            : Texts.With(response.ResponseTemplates, step.Name, step.Text!);
    }
}
