using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Domains;
using Haneul.ApiGateway.Rest.Apis;
using Haneul.ApiGateway.Rest.Deployments;
using Haneul.ApiGateway.Rest.Execute;
using Haneul.ApiGateway.Rest.Execute.Authorization;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.ApiGateway.Rest.Execute.Testing;
using Haneul.ApiGateway.Rest.Integrations;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Rest;

/// <summary>Amazon API Gateway: REST APIs.</summary>
public sealed class ApiGatewayV1Module : IServiceModule
{
    public ServiceModel Model => ApiGatewayV1Operations.Model;

    public bool NamesInputOfViolations => true;

    public IReadOnlyList<string> Differences =>
    [
        "The tag _custom_id_ chooses a REST API's id.",
        "A stage's cache is there as soon as it is enabled.",
        "Custom domain names take certificates of this cloud's ACM; mutual TLS, private domain names, routing rules and security policies but TLS_1_2 are refused.",
        "Edge-optimized APIs pass an edge layer on this machine; the header X-Haneul-Viewer-Country says where the viewer is.",
        "Private APIs are refused to everybody until there are VPC endpoints.",
    ];

    public void Register(IServiceCollection services) => services.AddSingleton<RestTable>().AddRestApis();

    public void Map(OperationTable operations)
    {
        DomainOperations.MapRest(operations);
        operations.Map(ApiGatewayV1Operations.CreateRestApi)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/restapis"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<CreateRestApi>();
        operations.Map(ApiGatewayV1Operations.DeleteRestApi)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<DeleteRestApi>();
        operations.Map(ApiGatewayV1Operations.GetRestApi)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<GetRestApi>();
        operations.Map(ApiGatewayV1Operations.GetRestApis)
            .Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/restapis")).Use<GetRestApis>();
        operations.Map(ApiGatewayV1Operations.UpdateRestApi)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<UpdateRestApi>();

        operations.Map(ApiGatewayV1Operations.CreateResource)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ParentId}")).Use<CreateResource>();
        operations.Map(ApiGatewayV1Operations.DeleteResource)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}")).Use<DeleteResource>();
        operations.Map(ApiGatewayV1Operations.GetResource)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}")).Use<GetResource>();
        operations.Map(ApiGatewayV1Operations.GetResources)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources")).Use<GetResources>();
        operations.Map(ApiGatewayV1Operations.UpdateResource)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}")).Use<UpdateResource>();

        operations.Map(ApiGatewayV1Operations.PutMethod)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<PutMethod>();
        operations.Map(ApiGatewayV1Operations.DeleteMethod)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<DeleteMethod>();
        operations.Map(ApiGatewayV1Operations.GetMethod)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<GetMethod>();
        operations.Map(ApiGatewayV1Operations.UpdateMethod)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<UpdateMethod>();

        operations.Map(ApiGatewayV1Operations.PutMethodResponse)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}")).Use<PutMethodResponse>();
        operations.Map(ApiGatewayV1Operations.DeleteMethodResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}")).Use<DeleteMethodResponse>();
        operations.Map(ApiGatewayV1Operations.GetMethodResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}")).Use<GetMethodResponse>();
        operations.Map(ApiGatewayV1Operations.UpdateMethodResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}")).Use<UpdateMethodResponse>();

        operations.Map(ApiGatewayV1Operations.PutIntegration)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration")).Use<PutIntegration>();
        operations.Map(ApiGatewayV1Operations.DeleteIntegration)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration")).Use<DeleteIntegration>();
        operations.Map(ApiGatewayV1Operations.GetIntegration)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration")).Use<GetIntegration>();
        operations.Map(ApiGatewayV1Operations.UpdateIntegration)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration")).Use<UpdateIntegration>();

        operations.Map(ApiGatewayV1Operations.PutIntegrationResponse)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}")).Use<PutIntegrationResponse>();
        operations.Map(ApiGatewayV1Operations.DeleteIntegrationResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}")).Use<DeleteIntegrationResponse>();
        operations.Map(ApiGatewayV1Operations.GetIntegrationResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}")).Use<GetIntegrationResponse>();
        operations.Map(ApiGatewayV1Operations.UpdateIntegrationResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}")).Use<UpdateIntegrationResponse>();

        operations.Map(ApiGatewayV1Operations.CreateDeployment)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments")).Use<CreateDeployment>();
        operations.Map(ApiGatewayV1Operations.DeleteDeployment)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments/{input.DeploymentId}")).Use<DeleteDeployment>();
        operations.Map(ApiGatewayV1Operations.GetDeployment)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments/{input.DeploymentId}")).Use<GetDeployment>();
        operations.Map(ApiGatewayV1Operations.GetDeployments)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments")).Use<GetDeployments>();
        operations.Map(ApiGatewayV1Operations.UpdateDeployment)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments/{input.DeploymentId}")).Use<UpdateDeployment>();

        operations.Map(ApiGatewayV1Operations.CreateStage)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<CreateStage>();
        operations.Map(ApiGatewayV1Operations.DeleteStage)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}")).Use<DeleteStage>();
        operations.Map(ApiGatewayV1Operations.GetStage)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}")).Use<GetStage>();
        operations.Map(ApiGatewayV1Operations.GetStages)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages")).Use<GetStages>();
        operations.Map(ApiGatewayV1Operations.UpdateStage)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}")).Use<UpdateStage>();

        operations.Map(ApiGatewayV1Operations.FlushStageCache)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}/cache/data")).Use<FlushStageCache>();
        operations.Map(ApiGatewayV1Operations.FlushStageAuthorizersCache)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}/cache/authorizers"))
            .Use<FlushStageAuthorizersCache>();
        operations.Map(ApiGatewayV1Operations.TestInvokeMethod)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}"))
            .Use<TestInvokeMethod>();
        operations.Map(ApiGatewayV1Operations.TestInvokeAuthorizer)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/authorizers/{input.AuthorizerId}")).Use<TestInvokeAuthorizer>();
    }
}
