using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Domains;
using Haneul.ApiGateway.Authorizers;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Execute.Calls;
using Haneul.ApiGateway.Execute.WebSockets;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.OpenApi;
using Haneul.ApiGateway.Routes;
using Haneul.ApiGateway.Stages;
using Haneul.ApiGateway.Tags;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway;

/// <summary>Amazon API Gateway v2: HTTP APIs in front of Lambda functions.</summary>
public sealed class ApiGatewayV2Module : IServiceModule
{
    public ServiceModel Model => ApiGatewayV2Operations.Model;

    public ErrorShape ValidationError => ApiGatewayV2Errors.BadRequestException;

    public IReadOnlyList<string> Differences =>
    [
        "VPC links are not served yet; integrations through a VPC link and TLS settings are refused by name.",
        "An import with a part that cannot be is refused as a whole, with all that is wrong; exports without extensions leave out routes to any "
            + "method.",
        "Integration subtypes (SQS-SendMessage and others) are refused as long as this cloud does not serve the service they call.",
        "WebSocket APIs: integrations of type AWS call Lambda alone; requestParameters, contentHandlingStrategy, API keys, execution logs, and the models "
            + "and parameters of route responses are refused by name. $context.domainName has the cloud's port.",
        "Access logs go to log groups, not to Firehose. Stages take no client certificate.",
        "Issuers of JWT authorizers may also be on this machine, by HTTP.",
        "ApiEndpoint names a host under localhost, at the port of the cloud; /_aws/execute-api/API/STAGE/ reaches the same API where such names do not resolve.",
        "The tag _custom_id_ chooses an API's id.",
    ];

    public void Register(IServiceCollection services) => services.AddExecute().AddHttpApis().AddWebSocketApis();

    public void Map(OperationTable operations)
    {
        DomainOperations.MapHttp(operations);
        OpenApiOperations.Map(operations);
        operations.Map(ApiGatewayV2Operations.CreateApi)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/apis"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<CreateApi>();
        operations.Map(ApiGatewayV2Operations.DeleteApi)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}")).Use<DeleteApi>();
        operations.Map(ApiGatewayV2Operations.GetApi)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}")).Use<GetApi>();
        operations.Map(ApiGatewayV2Operations.GetApis).Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/apis")).Use<GetApis>();
        operations.Map(ApiGatewayV2Operations.UpdateApi)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}")).Use<UpdateApi>();
        operations.Map(ApiGatewayV2Operations.DeleteCorsConfiguration)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/cors")).Use<DeleteCorsConfiguration>();

        operations.Map(ApiGatewayV2Operations.CreateAuthorizer)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/authorizers")).Use<CreateAuthorizer>();
        operations.Map(ApiGatewayV2Operations.DeleteAuthorizer)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/authorizers/{input.AuthorizerId}")).Use<DeleteAuthorizer>();
        operations.Map(ApiGatewayV2Operations.GetAuthorizer)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/authorizers/{input.AuthorizerId}")).Use<GetAuthorizer>();
        operations.Map(ApiGatewayV2Operations.GetAuthorizers)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/authorizers")).Use<GetAuthorizers>();
        operations.Map(ApiGatewayV2Operations.UpdateAuthorizer)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/authorizers/{input.AuthorizerId}")).Use<UpdateAuthorizer>();
        operations.Map(ApiGatewayV2Operations.ResetAuthorizersCache)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages/{input.StageName}/cache/authorizers"))
            .Use<ResetAuthorizersCache>();

        operations.Map(ApiGatewayV2Operations.CreateRoute)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes")).Use<CreateRoute>();
        operations.Map(ApiGatewayV2Operations.DeleteRoute)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}")).Use<DeleteRoute>();
        operations.Map(ApiGatewayV2Operations.GetRoute)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}")).Use<GetRoute>();
        operations.Map(ApiGatewayV2Operations.GetRoutes)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes")).Use<GetRoutes>();
        operations.Map(ApiGatewayV2Operations.UpdateRoute)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}")).Use<UpdateRoute>();

        operations.Map(ApiGatewayV2Operations.DeleteRouteRequestParameter)
            .Needs(
                "apigateway:DELETE",
                (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/routes/{input.RouteId}/requestparameters/{input.RequestParameterKey}"))
            .Use<DeleteRouteRequestParameter>();

        operations.Map(ApiGatewayV2Operations.CreateIntegration)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations")).Use<CreateIntegration>();
        operations.Map(ApiGatewayV2Operations.DeleteIntegration)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}")).Use<DeleteIntegration>();
        operations.Map(ApiGatewayV2Operations.GetIntegration)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}")).Use<GetIntegration>();
        operations.Map(ApiGatewayV2Operations.GetIntegrations)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations")).Use<GetIntegrations>();
        operations.Map(ApiGatewayV2Operations.UpdateIntegration)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/integrations/{input.IntegrationId}")).Use<UpdateIntegration>();

        operations.Map(ApiGatewayV2Operations.CreateStage)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<CreateStage>();
        operations.Map(ApiGatewayV2Operations.DeleteStage)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages/{input.StageName}")).Use<DeleteStage>();
        operations.Map(ApiGatewayV2Operations.GetStage)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages/{input.StageName}")).Use<GetStage>();
        operations.Map(ApiGatewayV2Operations.GetStages)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages")).Use<GetStages>();
        operations.Map(ApiGatewayV2Operations.UpdateStage)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages/{input.StageName}")).Use<UpdateStage>();

        operations.Map(ApiGatewayV2Operations.DeleteAccessLogSettings)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages/{input.StageName}/accesslogsettings"))
            .Use<DeleteAccessLogSettings>();
        operations.Map(ApiGatewayV2Operations.DeleteRouteSettings)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/stages/{input.StageName}/routesettings/{input.RouteKey}"))
            .Use<DeleteRouteSettings>();

        operations.Map(ApiGatewayV2Operations.CreateDeployment)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/deployments")).Use<CreateDeployment>();
        operations.Map(ApiGatewayV2Operations.DeleteDeployment)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/deployments/{input.DeploymentId}")).Use<DeleteDeployment>();
        operations.Map(ApiGatewayV2Operations.GetDeployment)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/deployments/{input.DeploymentId}")).Use<GetDeployment>();
        operations.Map(ApiGatewayV2Operations.GetDeployments)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/deployments")).Use<GetDeployments>();

        operations.Map(ApiGatewayV2Operations.UpdateDeployment)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/deployments/{input.DeploymentId}")).Use<UpdateDeployment>();

        operations.Map(ApiGatewayV2Operations.GetTags)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, "/tags/" + Uri.EscapeDataString(input.ResourceArn))).Use<GetTags>();
        operations.Map(ApiGatewayV2Operations.TagResource)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, "/tags/" + Uri.EscapeDataString(input.ResourceArn)))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<TagResource>();
        operations.Map(ApiGatewayV2Operations.UntagResource)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, "/tags/" + Uri.EscapeDataString(input.ResourceArn)))
            .Keys((input, _, authorization) => authorization.Key("aws:TagKeys", input.TagKeys)).Use<UntagResource>();

        WebSocketOperations.Map(operations);
    }
}
