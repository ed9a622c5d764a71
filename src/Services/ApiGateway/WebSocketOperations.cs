using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.IntegrationResponses;
using Haneul.ApiGateway.Models;
using Haneul.ApiGateway.RouteResponses;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway;

/// <summary>The part of the table of operations that is for WebSocket APIs.</summary>
internal static class WebSocketOperations
{
    public static void Map(OperationTable operations)
    {
        operations.Map(ApiGatewayV2Operations.CreateModel)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/models")).Use<CreateModel>();
        operations.Map(ApiGatewayV2Operations.DeleteModel)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/models/{input.ModelId}")).Use<DeleteModel>();
        operations.Map(ApiGatewayV2Operations.GetModel)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/models/{input.ModelId}")).Use<GetModel>();
        operations.Map(ApiGatewayV2Operations.GetModelTemplate)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/models/{input.ModelId}/template"))
            .Use<GetModelTemplate>();
        operations.Map(ApiGatewayV2Operations.GetModels)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/models")).Use<GetModels>();
        operations.Map(ApiGatewayV2Operations.UpdateModel)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/models/{input.ModelId}")).Use<UpdateModel>();

        operations.Map(ApiGatewayV2Operations.CreateRouteResponse)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}/routeresponses")).Use<CreateRouteResponse>();
        operations.Map(ApiGatewayV2Operations.DeleteRouteResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}/routeresponses/{input.RouteResponseId}")).Use<DeleteRouteResponse>();
        operations.Map(ApiGatewayV2Operations.GetRouteResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}/routeresponses/{input.RouteResponseId}")).Use<GetRouteResponse>();
        operations.Map(ApiGatewayV2Operations.GetRouteResponses)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}/routeresponses")).Use<GetRouteResponses>();
        operations.Map(ApiGatewayV2Operations.UpdateRouteResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}/routeresponses/{input.RouteResponseId}")).Use<UpdateRouteResponse>();

        operations.Map(ApiGatewayV2Operations.CreateIntegrationResponse)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}/integrationresponses")).Use<CreateIntegrationResponse>();
        operations.Map(ApiGatewayV2Operations.DeleteIntegrationResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}/integrationresponses/{input.IntegrationResponseId}")).Use<DeleteIntegrationResponse>();
        operations.Map(ApiGatewayV2Operations.GetIntegrationResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}/integrationresponses/{input.IntegrationResponseId}")).Use<GetIntegrationResponse>();
        operations.Map(ApiGatewayV2Operations.GetIntegrationResponses)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}/integrationresponses")).Use<GetIntegrationResponses>();
        operations.Map(ApiGatewayV2Operations.UpdateIntegrationResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}/integrationresponses/{input.IntegrationResponseId}")).Use<UpdateIntegrationResponse>();
    }
}
