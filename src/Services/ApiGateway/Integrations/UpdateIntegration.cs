using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>Changes an integration; what is not given stays.</summary>
internal sealed class UpdateIntegration(ApiTable apis, IIdSource ids) : IHandler<UpdateIntegrationRequest, ApiIntegration>
{
    public ValueTask<Outcome<ApiIntegration>> HandleAsync(UpdateIntegrationRequest input, CallContext context, CancellationToken cancel)
    {
        var refused = Unsupported.First(
            "UpdateIntegration", ("connectionId", input.ConnectionId is not null), ("credentialsArn", input.CredentialsArn is not null),
            ("contentHandlingStrategy", input.ContentHandlingStrategy is not null), ("integrationSubtype", input.IntegrationSubtype is not null),
            ("passthroughBehavior", input.PassthroughBehavior is not null), ("requestParameters", input.RequestParameters is { Count: > 0 }),
            ("requestTemplates", input.RequestTemplates is { Count: > 0 }), ("responseParameters", input.ResponseParameters is { Count: > 0 }),
            ("templateSelectionExpression", input.TemplateSelectionExpression is not null), ("tlsConfig", input.TlsConfig is not null));
        if (refused is not null)
        {
            return new(refused);
        }

        return apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            ApiTable.Own(current, input.ApiId, context);
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Integrations.Find(integration => integration.IntegrationId == input.IntegrationId)
                ?? throw IntegrationRules.Missing(input.IntegrationId);
            var integration = new ApiIntegration
            {
                ApiGatewayManaged = old.ApiGatewayManaged,
                ConnectionType = input.ConnectionType ?? old.ConnectionType,
                Description = input.Description ?? old.Description,
                IntegrationId = old.IntegrationId,
                IntegrationMethod = input.IntegrationMethod ?? old.IntegrationMethod,
                IntegrationType = input.IntegrationType ?? old.IntegrationType,
                IntegrationUri = input.IntegrationUri ?? old.IntegrationUri,
                PayloadFormatVersion = input.PayloadFormatVersion ?? old.PayloadFormatVersion,
                TimeoutInMillis = input.TimeoutInMillis ?? old.TimeoutInMillis,
            };
            if (IntegrationRules.Refusal(integration) is { } refused)
            {
                return (Outcome<ApiIntegration>)refused;
            }

            PutIntegration.Into(batch, input.ApiId, integration);
            ApiIntegration[] integrations = [.. parts.Integrations.Where(other => other.IntegrationId != integration.IntegrationId), integration];
            AutoDeploy.Into(batch, input.ApiId, parts.Stages, parts.Deployments, parts.Routes, integrations, context.Time, ids);
            return integration;
        });
    }
}
