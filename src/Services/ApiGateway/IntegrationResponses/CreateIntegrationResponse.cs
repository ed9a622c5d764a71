using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Integrations;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.IntegrationResponses;

/// <summary>Adds an integration's response: how an answer is mapped.</summary>
internal sealed class CreateIntegrationResponse(ApiTable apis, IIdSource ids) : IHandler<CreateIntegrationResponseRequest, IntegrationResponse>
{
    public ValueTask<Outcome<IntegrationResponse>> HandleAsync(CreateIntegrationResponseRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            if (!parts.Integrations.Exists(part => part.IntegrationId == input.IntegrationId))
            {
                throw IntegrationRules.Missing(input.IntegrationId);
            }

            var response = new IntegrationResponse
            {
                ContentHandlingStrategy = input.ContentHandlingStrategy,
                IntegrationResponseId = ids.NewString(6, RandomIdSource.LowerAlphanumeric),
                IntegrationResponseKey = input.IntegrationResponseKey,
                ResponseParameters = input.ResponseParameters,
                ResponseTemplates = input.ResponseTemplates,
                TemplateSelectionExpression = input.TemplateSelectionExpression,
            };
            if (IntegrationResponseRules.Refusal(response, input.IntegrationId, api.ProtocolType, parts) is { } refused)
            {
                return (Outcome<IntegrationResponse>)refused;
            }

            var record = new IntegrationResponseRecord(input.IntegrationId, response);
            batch.Put(
                ApiGatewayKeyspace.Key(ApiGatewayKeyspace.IntegrationResponses, input.ApiId, input.IntegrationId, response.IntegrationResponseId),
                StoredJson.Encode(record, ApiGatewayRecords.Default.IntegrationResponseRecord));
            ApiParts.Replace(parts.IntegrationResponses, other => other.Response.IntegrationResponseId, record);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return response;
        });
}
