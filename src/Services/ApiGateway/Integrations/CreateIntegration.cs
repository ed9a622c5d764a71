using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// Adds an integration to an API. <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html"/>
/// </summary>
internal sealed class CreateIntegration(ApiTable apis, IntegrationRules rules, IIdSource ids) : IHandler<CreateIntegrationRequest, ApiIntegration>
{
    public ValueTask<Outcome<ApiIntegration>> HandleAsync(CreateIntegrationRequest input, CallContext context, CancellationToken cancel)
    {
        var protocol = ApiTable.Own(apis.Partition, input.ApiId, context).Api.ProtocolType;
        var integration = New(input, protocol == ProtocolType.Websocket, ids.NewString(7, RandomIdSource.LowerAlphanumeric));
        if (rules.Refusal(integration, protocol) is { } refused)
        {
            return new(refused);
        }

        return apis.Partition.UpdateAsync((input.ApiId, integration, context, ids), static (current, batch, state) =>
        {
            ApiTable.Own(current, state.ApiId, state.context);
            var parts = ApiParts.Read(current, state.ApiId);
            PutIntegration.Into(batch, state.ApiId, state.integration);
            parts.Integrations.Add(state.integration);
            AutoDeploy.Into(batch, state.ApiId, parts, state.context.Time, state.ids);
            return (Outcome<ApiIntegration>)state.integration;
        });
    }

    private static ApiIntegration New(CreateIntegrationRequest input, bool webSocket, string id)
    {
        var isFunction = input.IntegrationType is IntegrationType.AwsProxy or IntegrationType.Aws && input.IntegrationSubtype is null;
        return new ApiIntegration
        {
            ConnectionId = input.ConnectionId,
            ConnectionType = input.ConnectionType ?? (input.IntegrationType == IntegrationType.Mock ? null : ConnectionType.Internet),
            ContentHandlingStrategy = input.ContentHandlingStrategy,
            CredentialsArn = input.CredentialsArn,
            Description = input.Description,
            IntegrationId = id,
            IntegrationMethod = input.IntegrationMethod ?? (isFunction ? "POST" : null),
            IntegrationResponseSelectionExpression = webSocket ? "${integration.response.statuscode}" : null,
            IntegrationSubtype = input.IntegrationSubtype,
            IntegrationType = input.IntegrationType,
            IntegrationUri = input.IntegrationUri,
            PassthroughBehavior = input.PassthroughBehavior ?? (webSocket ? "WHEN_NO_MATCH" : null),
            PayloadFormatVersion = input.PayloadFormatVersion ?? "1.0",
            RequestParameters = input.RequestParameters,
            RequestTemplates = input.RequestTemplates,
            ResponseParameters = input.ResponseParameters,
            TemplateSelectionExpression = input.TemplateSelectionExpression,
            TimeoutInMillis = input.TimeoutInMillis ?? (webSocket ? WebSocketIntegrationRules.DefaultTimeout : IntegrationRules.DefaultTimeout),
            TlsConfig = input.TlsConfig is null ? null : new TlsConfig { ServerNameToVerify = input.TlsConfig.ServerNameToVerify },
        };
    }
}
