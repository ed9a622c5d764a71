using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// Adds an integration to an API. <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html"/>
/// </summary>
internal sealed class CreateIntegration(ApiTable apis, IIdSource ids) : IHandler<CreateIntegrationRequest, ApiIntegration>
{
    public ValueTask<Outcome<ApiIntegration>> HandleAsync(CreateIntegrationRequest input, CallContext context, CancellationToken cancel)
    {
        var refused = Unsupported.First(
            "CreateIntegration", ("connectionId", input.ConnectionId is not null), ("credentialsArn", input.CredentialsArn is not null),
            ("contentHandlingStrategy", input.ContentHandlingStrategy is not null), ("integrationSubtype", input.IntegrationSubtype is not null),
            ("passthroughBehavior", input.PassthroughBehavior is not null), ("requestParameters", input.RequestParameters is { Count: > 0 }),
            ("requestTemplates", input.RequestTemplates is { Count: > 0 }), ("responseParameters", input.ResponseParameters is { Count: > 0 }),
            ("templateSelectionExpression", input.TemplateSelectionExpression is not null), ("tlsConfig", input.TlsConfig is not null));
        var integration = new ApiIntegration
        {
            ConnectionType = input.ConnectionType ?? ConnectionType.Internet,
            Description = input.Description,
            IntegrationId = ids.NewString(7, RandomIdSource.LowerAlphanumeric),
            IntegrationMethod = input.IntegrationMethod ?? "POST",
            IntegrationType = input.IntegrationType,
            IntegrationUri = input.IntegrationUri,
            PayloadFormatVersion = input.PayloadFormatVersion ?? "1.0",
            TimeoutInMillis = input.TimeoutInMillis ?? IntegrationRules.DefaultTimeout,
        };
        refused ??= IntegrationRules.Refusal(integration);
        if (refused is not null)
        {
            return new(refused);
        }

        return apis.Partition.UpdateAsync((input.ApiId, integration, context, ids), static (current, batch, state) =>
        {
            ApiTable.Own(current, state.ApiId, state.context);
            var parts = ApiParts.Read(current, state.ApiId);
            PutIntegration.Into(batch, state.ApiId, state.integration);
            AutoDeploy.Into(
                batch, state.ApiId, parts.Stages, parts.Deployments, parts.Routes, [.. parts.Integrations, state.integration], state.context.Time, state.ids);
            return (Outcome<ApiIntegration>)state.integration;
        });
    }
}
