using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>
/// Changes a method.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethod-Patch"/>
/// </summary>
internal sealed class UpdateMethod(RestTable apis) : IHandler<UpdateMethodInput, Method>
{
    private static readonly PatchTable<Method> s_patch = new PatchTable<Method>(PatchWords.Plain)
        .On("/authorizationType", "replace", static (method, step) => method.AuthorizationType = step.Value)
        .On("/authorizerId", "replace", static (method, step) => method.AuthorizerId = step.Text)
        .On("/apiKeyRequired", "replace", static (method, step) => method.ApiKeyRequired = step.IsTrue)
        .On("/operationName", "replace", static (method, step) => method.OperationName = step.Text)
        .On("/requestValidatorId", "replace", static (method, step) => method.RequestValidatorId = step.Text)
        .On("/authorizationScopes", "add remove replace", ChangeScope)
        .On("/authorizationScopes/{}", "add remove replace", ChangeScope)
        .On("/requestParameters/{}", "add remove replace", ChangeParameter)
        .On("/requestModels/{}", "add remove replace", ChangeModel);

    public async ValueTask<Outcome<Method>> HandleAsync(UpdateMethodInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeMethodAsync(apis, input.RestApiId, input.ResourceId, input.HttpMethod, context, (current, method) =>
        {
            s_patch.Apply(method, input.PatchOperations);
            MethodRules.Check(current, input.RestApiId, method);
            return method;
        });

    private static void ChangeParameter(Method method, PatchStep step)
    {
        CheckPresent(method.RequestParameters, step, "Invalid parameter name specified");
        method.RequestParameters = step.IsRemove
            ? Texts.Without(method.RequestParameters, step.Name)
            : Texts.With(method.RequestParameters, step.Name, step.IsTrue);
    }

    private static void ChangeModel(Method method, PatchStep step)
    {
        CheckPresent(method.RequestModels, step, "Content-Type specified was not found");
        method.RequestModels = step.IsRemove
            ? Texts.Without(method.RequestModels, step.Name)
            : Texts.With(method.RequestModels, step.Name, step.Value ?? "");
    }

    /// <summary>What is removed or replaced must be there.</summary>
    internal static void CheckPresent<T>(IReadOnlyDictionary<string, T>? map, PatchStep step, string missing)
    {
        if (!step.IsAdd && map?.ContainsKey(step.Name) != true)
        {
            throw RestFaults.NotFound(missing);
        }
    }

    private static void ChangeScope(Method method, PatchStep step)
    {
        var scope = step.Names.Count > 0 ? step.Name : step.Value ?? "";
        var scopes = method.AuthorizationScopes?.ToList() ?? [];
        scopes.Remove(scope);
        if (!step.IsRemove)
        {
            scopes.Add(step.Op == "replace" && step.Value is { } value ? value : scope);
        }

        method.AuthorizationScopes = scopes.Count == 0 ? null : scopes;
    }
}
