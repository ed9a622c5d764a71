using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Responses;

/// <summary>
/// Changes a gateway response; one that was not set yet is set.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateGatewayResponse-Patch"/>
/// </summary>
internal sealed class UpdateGatewayResponse(RestTable apis) : IHandler<UpdateGatewayResponseInput, GatewayResponse>
{
    private static readonly PatchTable<GatewayResponse> s_patch = new PatchTable<GatewayResponse>(PatchWords.Path)
        .On("/statusCode", "replace", ChangeStatus)
        .On("/responseParameters/{}", "add remove replace", ChangeParameter)
        .On("/responseTemplates/{}", "add remove replace", ChangeTemplate);

    public async ValueTask<Outcome<GatewayResponse>> HandleAsync(
        UpdateGatewayResponseInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            var response = GatewayResponses.Effective(input.ResponseType, GatewayResponses.Own(current, input.RestApiId));
            response.DefaultResponse = false;
            s_patch.Apply(response, input.PatchOperations);
            RestPut.Response(batch, input.RestApiId, response);
            return response;
        });

    private static void ChangeStatus(GatewayResponse response, PatchStep step) => response.StatusCode =
        step.Value is { Length: 3 } code && code[0] is >= '1' and <= '5' && char.IsAsciiDigit(code[1]) && char.IsAsciiDigit(code[2])
            ? code
            : throw RestFaults.BadRequest("Invalid status code specified");

    private static void ChangeParameter(GatewayResponse response, PatchStep step)
    {
        UpdateMethod.CheckPresent(response.ResponseParameters, step, "Invalid parameter name specified");
        if (!step.IsRemove)
        {
            CheckValue(step, "responseParameters");
            GatewayResponses.CheckParameter(step.Name, step.Value);
        }

        response.ResponseParameters = (step.IsRemove
            ? Texts.Without(response.ResponseParameters, step.Name)
            : Texts.With(response.ResponseParameters, step.Name, step.Value!)) ?? [];
    }

    private static void ChangeTemplate(GatewayResponse response, PatchStep step)
    {
        UpdateMethod.CheckPresent(response.ResponseTemplates, step, "Content-Type specified was not found");
        if (!step.IsRemove)
        {
            CheckValue(step, "responseTemplates");
        }

        response.ResponseTemplates = (step.IsRemove
            ? Texts.Without(response.ResponseTemplates, step.Name)
            : Texts.With(response.ResponseTemplates, step.Name, step.Value!)) ?? [];
    }

    private static void CheckValue(PatchStep step, string where)
    {
        if (string.IsNullOrEmpty(step.Value))
        {
            throw RestFaults.BadRequest($"Invalid null or empty value in {where}");
        }
    }
}
