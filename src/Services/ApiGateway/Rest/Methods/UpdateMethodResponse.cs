using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>
/// Changes a response of a method.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethodResponse-Patch"/>
/// </summary>
internal sealed class UpdateMethodResponse(RestTable apis) : IHandler<UpdateMethodResponseInput, MethodResponse>
{
    private static readonly PatchTable<MethodResponse> s_patch = new PatchTable<MethodResponse>(PatchWords.Plain)
        .On("/responseParameters/{}", "add remove replace", ChangeParameter)
        .On("/responseModels/{}", "add remove replace", ChangeModel);

    public async ValueTask<Outcome<MethodResponse>> HandleAsync(UpdateMethodResponseInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (current, method) =>
        {
            var response = MethodResponseRules.Find(method, input.StatusCode);
            s_patch.Apply(response, input.PatchOperations);
            MethodResponseRules.Check(current, input.RestApiId, response);
            return response;
        });

    private static void ChangeParameter(MethodResponse response, PatchStep step)
    {
        UpdateMethod.CheckPresent(response.ResponseParameters, step, "Invalid parameter name specified");
        response.ResponseParameters = step.IsRemove
            ? Texts.Without(response.ResponseParameters, step.Name)
            : Texts.With(response.ResponseParameters, step.Name, step.IsTrue);
    }

    private static void ChangeModel(MethodResponse response, PatchStep step)
    {
        UpdateMethod.CheckPresent(response.ResponseModels, step, "Content-Type specified was not found");
        response.ResponseModels = step.IsRemove
            ? Texts.Without(response.ResponseModels, step.Name)
            : Texts.With(response.ResponseModels, step.Name, step.Value ?? "");
    }
}
