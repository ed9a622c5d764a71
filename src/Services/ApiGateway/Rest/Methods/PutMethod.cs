using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>
/// Adds a method to a resource.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html"/>
/// </summary>
internal sealed class PutMethod(RestTable apis) : IHandler<PutMethodInput, Method>
{
    public async ValueTask<Outcome<Method>> HandleAsync(PutMethodInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeAsync(apis, input.RestApiId, input.ResourceId, context, (current, resource) =>
        {
            MethodRules.CheckHttpMethod(input.HttpMethod);
            var method = new Method
            {
                HttpMethod = input.HttpMethod,
                AuthorizationType = input.AuthorizationType,
                AuthorizerId = Texts.NullIfEmpty(input.AuthorizerId),
                ApiKeyRequired = input.ApiKeyRequired ?? false,
                OperationName = Texts.NullIfEmpty(input.OperationName),
                RequestParameters = input.RequestParameters,
                RequestModels = input.RequestModels,
                RequestValidatorId = Texts.NullIfEmpty(input.RequestValidatorId),
                AuthorizationScopes = input.AuthorizationScopes is { Count: > 0 } scopes ? scopes : null,
            };
            MethodRules.Check(current, input.RestApiId, method);
            if (resource.ResourceMethods?.ContainsKey(input.HttpMethod) == true)
            {
                throw RestFaults.Conflict("Method already exists for this resource");
            }

            resource.ResourceMethods = Texts.With(resource.ResourceMethods, input.HttpMethod, method);
            return method;
        });
}
