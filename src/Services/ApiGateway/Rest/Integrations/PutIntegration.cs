using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>
/// Sets a method's integration; an older one is replaced, its responses included.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html"/>
/// </summary>
internal sealed class PutIntegration(RestTable apis) : IHandler<PutIntegrationInput, RestIntegration>
{
    public async ValueTask<Outcome<RestIntegration>> HandleAsync(PutIntegrationInput input, CallContext context, CancellationToken cancel)
    {
        if (input.IntegrationTarget is not null)
        {
            throw RestFaults.BadRequest("Haneul does not support integrationTarget of PutIntegration yet.");
        }

        return await ResourceTable.ChangeAsync(apis, input.RestApiId, input.ResourceId, context, (current, resource) =>
        {
            var method = ResourceTable.Method(resource, input.HttpMethod);
            var integration = new RestIntegration
            {
                Type = input.Type,
                HttpMethod = Texts.NullIfEmpty(input.IntegrationHttpMethod),
                Uri = Texts.NullIfEmpty(input.Uri),
                ConnectionType = input.ConnectionType,
                ConnectionId = Texts.NullIfEmpty(input.ConnectionId),
                Credentials = Texts.NullIfEmpty(input.Credentials),
                RequestParameters = input.RequestParameters,
                RequestTemplates = input.RequestTemplates,
                PassthroughBehavior = Texts.NullIfEmpty(input.PassthroughBehavior),
                ContentHandling = input.ContentHandling,
                TimeoutInMillis = input.TimeoutInMillis,
                CacheNamespace = Texts.NullIfEmpty(input.CacheNamespace),
                CacheKeyParameters = input.CacheKeyParameters,
                TlsConfig = input.TlsConfig,
                ResponseTransferMode = input.ResponseTransferMode,
            };
            RestIntegrationRules.Check(integration, method, resource.Id!, IntegrationTarget.IsEdge(current, input.RestApiId));
            method.MethodIntegration = integration;
            return integration;
        });
    }
}
