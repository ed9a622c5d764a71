using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.RouteResponses;

/// <summary>Changes a route's response: with one, the integration's answer goes to the client; what is not given stays.</summary>
internal sealed class UpdateRouteResponse(ApiTable apis, IIdSource ids) : IHandler<UpdateRouteResponseRequest, RouteResponse>
{
    public ValueTask<Outcome<RouteResponse>> HandleAsync(UpdateRouteResponseRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.RouteResponses.Find(record => record.RouteId == input.RouteId && record.Response.RouteResponseId == input.RouteResponseId)?.Response
                ?? throw RouteResponseRules.Missing(input.RouteResponseId);
            var response = new RouteResponse
            {
                ModelSelectionExpression = input.ModelSelectionExpression ?? old.ModelSelectionExpression,
                ResponseModels = input.ResponseModels ?? old.ResponseModels,
                ResponseParameters = input.ResponseParameters ?? old.ResponseParameters,
                RouteResponseId = old.RouteResponseId,
                RouteResponseKey = input.RouteResponseKey ?? old.RouteResponseKey,
            };
            if (RouteResponseRules.Refusal(response, input.RouteId, api.ProtocolType, parts) is { } refused)
            {
                return (Outcome<RouteResponse>)refused;
            }

            var record = new RouteResponseRecord(input.RouteId, response);
            batch.Put(
                ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RouteResponses, input.ApiId, input.RouteId, response.RouteResponseId),
                StoredJson.Encode(record, ApiGatewayRecords.Default.RouteResponseRecord));
            ApiParts.Replace(parts.RouteResponses, other => other.Response.RouteResponseId, record);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return response;
        });
}
