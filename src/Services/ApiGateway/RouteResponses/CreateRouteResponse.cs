using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Routes;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.RouteResponses;

/// <summary>Adds a route's response: with one, the integration's answer goes to the client.</summary>
internal sealed class CreateRouteResponse(ApiTable apis, IIdSource ids) : IHandler<CreateRouteResponseRequest, RouteResponse>
{
    public ValueTask<Outcome<RouteResponse>> HandleAsync(CreateRouteResponseRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            if (!parts.Routes.Exists(part => part.RouteId == input.RouteId))
            {
                throw PutRoute.Missing(input.RouteId);
            }

            var response = new RouteResponse
            {
                ModelSelectionExpression = input.ModelSelectionExpression,
                ResponseModels = input.ResponseModels,
                ResponseParameters = input.ResponseParameters,
                RouteResponseId = ids.NewString(6, RandomIdSource.LowerAlphanumeric),
                RouteResponseKey = input.RouteResponseKey,
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
