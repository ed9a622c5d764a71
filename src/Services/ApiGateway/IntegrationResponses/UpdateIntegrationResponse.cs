using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.IntegrationResponses;

/// <summary>Changes an integration's response: how an answer is mapped; what is not given stays.</summary>
internal sealed class UpdateIntegrationResponse(ApiTable apis, IIdSource ids) : IHandler<UpdateIntegrationResponseRequest, IntegrationResponse>
{
    public ValueTask<Outcome<IntegrationResponse>> HandleAsync(UpdateIntegrationResponseRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.IntegrationResponses.Find(record => record.IntegrationId == input.IntegrationId && record.Response.IntegrationResponseId == input.IntegrationResponseId)?.Response
                ?? throw IntegrationResponseRules.Missing(input.IntegrationResponseId);
            var response = new IntegrationResponse
            {
                ContentHandlingStrategy = input.ContentHandlingStrategy ?? old.ContentHandlingStrategy,
                IntegrationResponseId = old.IntegrationResponseId,
                IntegrationResponseKey = input.IntegrationResponseKey ?? old.IntegrationResponseKey,
                ResponseParameters = input.ResponseParameters ?? old.ResponseParameters,
                ResponseTemplates = input.ResponseTemplates ?? old.ResponseTemplates,
                TemplateSelectionExpression = input.TemplateSelectionExpression ?? old.TemplateSelectionExpression,
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
