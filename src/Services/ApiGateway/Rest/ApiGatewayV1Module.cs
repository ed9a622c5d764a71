using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Domains;
using Haneul.ApiGateway.Rest.Account;
using Haneul.ApiGateway.Rest.Apis;
using Haneul.ApiGateway.Rest.Authorizers;
using Haneul.ApiGateway.Rest.Certificates;
using Haneul.ApiGateway.Rest.Deployments;
using Haneul.ApiGateway.Rest.Documentation;
using Haneul.ApiGateway.Rest.Execute;
using Haneul.ApiGateway.Rest.Execute.Authorization;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.ApiGateway.Rest.Execute.Testing;
using Haneul.ApiGateway.Rest.Integrations;
using Haneul.ApiGateway.Rest.Keys;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.ApiGateway.Rest.Models;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.ApiGateway.Rest.Plans;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.ApiGateway.Rest.Responses;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.ApiGateway.Rest.Validators;
using Haneul.Kernel.Identity;
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
        "A stage's cache is there as soon as it is enabled; it keeps answers of 2xx, in the memory of this process.",
        "Answers of integrations with responseTransferMode STREAM are sent when they are whole; tracingEnabled records no traces.",
        "Integrations through a VPC link call their URI directly. A request path with . or .. in it is answered with 400.",
        "REST APIs take no securityPolicy, endpointAccessMode or integrationTarget; exports have no Postman extensions.",
        "Imports take documentation from x-amazon-apigateway-documentation; descriptions elsewhere do not become documentation parts.",
        "What usage plans count is stored once a second: kill -9 loses the counts of the last second.",
        "Custom domain names take certificates of this cloud's ACM; mutual TLS, private domain names, routing rules and security policies but TLS_1_2 are refused.",
        "Edge-optimized APIs pass an edge layer on this machine; the header X-Haneul-Viewer-Country says where the viewer is.",
        "Private APIs are refused to everybody until there are VPC endpoints.",
    ];

    public void Register(IServiceCollection services) => services.AddSingleton<RestTable>()
        .AddSingleton<KeyPlans>().AddSingleton<UsageMeter>().AddHostedService<UsageLoop>().AddRestApis()
        .AddSingleton<IResourceFacts, RestFacts>();

    public void Map(OperationTable operations)
    {
        DomainOperations.MapRest(operations);
        operations.Map(ApiGatewayV1Operations.CreateRestApi)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/restapis"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags))
            .Keys((input, _, authorization) => ConditionKeys.OfApi(input, authorization)).Use<CreateRestApi>();
        operations.Map(ApiGatewayV1Operations.DeleteRestApi)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<DeleteRestApi>();
        operations.Map(ApiGatewayV1Operations.GetRestApi)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<GetRestApi>();
        operations.Map(ApiGatewayV1Operations.GetRestApis)
            .Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/restapis")).Use<GetRestApis>();
        operations.Map(ApiGatewayV1Operations.ImportRestApi)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/restapis")).Use<ImportRestApi>();
        operations.Map(ApiGatewayV1Operations.PutRestApi)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<PutRestApi>();
        operations.Map(ApiGatewayV1Operations.UpdateRestApi)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}")).Use<UpdateRestApi>();

        operations.Map(ApiGatewayV1Operations.CreateResource)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ParentId}"))
            .Use<CreateResource>();
        operations.Map(ApiGatewayV1Operations.DeleteResource)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}")).Use<DeleteResource>();
        operations.Map(ApiGatewayV1Operations.GetResource)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}"))
            .Use<GetResource>();
        operations.Map(ApiGatewayV1Operations.GetResources)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/resources")).Use<GetResources>();
        operations.Map(ApiGatewayV1Operations.UpdateResource)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}")).Use<UpdateResource>();

        operations.Map(ApiGatewayV1Operations.PutMethod)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}"))
            .Keys((input, _, authorization) => ConditionKeys.OfMethod(input, authorization)).Use<PutMethod>();
        operations.Map(ApiGatewayV1Operations.DeleteMethod)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<DeleteMethod>();
        operations.Map(ApiGatewayV1Operations.GetMethod)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<GetMethod>();
        operations.Map(ApiGatewayV1Operations.UpdateMethod)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<UpdateMethod>();

        operations.Map(ApiGatewayV1Operations.PutMethodResponse)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}"))
            .Use<PutMethodResponse>();
        operations.Map(ApiGatewayV1Operations.DeleteMethodResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}"))
            .Use<DeleteMethodResponse>();
        operations.Map(ApiGatewayV1Operations.GetMethodResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}"))
            .Use<GetMethodResponse>();
        operations.Map(ApiGatewayV1Operations.UpdateMethodResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/responses/{input.StatusCode}"))
            .Use<UpdateMethodResponse>();

        operations.Map(ApiGatewayV1Operations.PutIntegration)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration"))
            .Use<PutIntegration>();
        operations.Map(ApiGatewayV1Operations.DeleteIntegration)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration"))
            .Use<DeleteIntegration>();
        operations.Map(ApiGatewayV1Operations.GetIntegration)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration"))
            .Use<GetIntegration>();
        operations.Map(ApiGatewayV1Operations.UpdateIntegration)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration"))
            .Use<UpdateIntegration>();

        operations.Map(ApiGatewayV1Operations.PutIntegrationResponse)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}"))
            .Use<PutIntegrationResponse>();
        operations.Map(ApiGatewayV1Operations.DeleteIntegrationResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}"))
            .Use<DeleteIntegrationResponse>();
        operations.Map(ApiGatewayV1Operations.GetIntegrationResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}"))
            .Use<GetIntegrationResponse>();
        operations.Map(ApiGatewayV1Operations.UpdateIntegrationResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}/integration/responses/{input.StatusCode}"))
            .Use<UpdateIntegrationResponse>();

        operations.Map(ApiGatewayV1Operations.CreateDeployment)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments"))
            .Keys((input, _, authorization) => authorization.Key("apigateway:Request/StageName", input.StageName)).Use<CreateDeployment>();
        operations.Map(ApiGatewayV1Operations.DeleteDeployment)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/deployments/{input.DeploymentId}")).Use<DeleteDeployment>();
        operations.Map(ApiGatewayV1Operations.GetDeployment)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/deployments/{input.DeploymentId}")).Use<GetDeployment>();
        operations.Map(ApiGatewayV1Operations.GetDeployments)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/deployments"))
            .Use<GetDeployments>();
        operations.Map(ApiGatewayV1Operations.UpdateDeployment)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/deployments/{input.DeploymentId}")).Use<UpdateDeployment>();

        operations.Map(ApiGatewayV1Operations.CreateStage)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags))
            .Keys((input, _, authorization) => authorization.Key("apigateway:Request/StageName", input.StageName)).Use<CreateStage>();
        operations.Map(ApiGatewayV1Operations.DeleteStage)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}"))
            .Use<DeleteStage>();
        operations.Map(ApiGatewayV1Operations.GetStage)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}"))
            .Use<GetStage>();
        operations.Map(ApiGatewayV1Operations.GetStages)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages")).Use<GetStages>();
        operations.Map(ApiGatewayV1Operations.GetExport)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/stages/{input.StageName}/exports/{input.ExportType}")).Use<GetExport>();
        operations.Map(ApiGatewayV1Operations.UpdateStage)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/stages/{input.StageName}"))
            .Use<UpdateStage>();

        operations.Map(ApiGatewayV1Operations.FlushStageCache)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/stages/{input.StageName}/cache/data")).Use<FlushStageCache>();
        operations.Map(ApiGatewayV1Operations.FlushStageAuthorizersCache)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/stages/{input.StageName}/cache/authorizers")).Use<FlushStageAuthorizersCache>();
        operations.Map(ApiGatewayV1Operations.TestInvokeMethod)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/resources/{input.ResourceId}/methods/{input.HttpMethod}")).Use<TestInvokeMethod>();
        operations.Map(ApiGatewayV1Operations.TestInvokeAuthorizer)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/authorizers/{input.AuthorizerId}")).Use<TestInvokeAuthorizer>();

        operations.Map(ApiGatewayV1Operations.CreateModel)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/models")).Use<CreateModel>();
        operations.Map(ApiGatewayV1Operations.DeleteModel)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/models/{input.ModelName}"))
            .Use<DeleteModel>();
        operations.Map(ApiGatewayV1Operations.GetModel)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/models/{input.ModelName}"))
            .Use<GetModel>();
        operations.Map(ApiGatewayV1Operations.GetModels)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/models")).Use<GetModels>();
        operations.Map(ApiGatewayV1Operations.GetModelTemplate)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/models/{input.ModelName}/default_template")).Use<GetModelTemplate>();
        operations.Map(ApiGatewayV1Operations.UpdateModel)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/models/{input.ModelName}"))
            .Use<UpdateModel>();

        operations.Map(ApiGatewayV1Operations.CreateRequestValidator)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/requestvalidators"))
            .Use<CreateRequestValidator>();
        operations.Map(ApiGatewayV1Operations.DeleteRequestValidator)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/requestvalidators/{input.RequestValidatorId}")).Use<DeleteRequestValidator>();
        operations.Map(ApiGatewayV1Operations.GetRequestValidator)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/requestvalidators/{input.RequestValidatorId}")).Use<GetRequestValidator>();
        operations.Map(ApiGatewayV1Operations.GetRequestValidators)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/requestvalidators"))
            .Use<GetRequestValidators>();
        operations.Map(ApiGatewayV1Operations.UpdateRequestValidator)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/requestvalidators/{input.RequestValidatorId}")).Use<UpdateRequestValidator>();

        operations.Map(ApiGatewayV1Operations.PutGatewayResponse)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/gatewayresponses/{input.ResponseType}")).Use<PutGatewayResponse>();
        operations.Map(ApiGatewayV1Operations.DeleteGatewayResponse)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/gatewayresponses/{input.ResponseType}")).Use<DeleteGatewayResponse>();
        operations.Map(ApiGatewayV1Operations.GetGatewayResponse)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/gatewayresponses/{input.ResponseType}")).Use<GetGatewayResponse>();
        operations.Map(ApiGatewayV1Operations.GetGatewayResponses)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/gatewayresponses"))
            .Use<GetGatewayResponses>();
        operations.Map(ApiGatewayV1Operations.UpdateGatewayResponse)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/gatewayresponses/{input.ResponseType}")).Use<UpdateGatewayResponse>();

        operations.Map(ApiGatewayV1Operations.CreateAuthorizer)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/authorizers"))
            .Keys((input, _, authorization) => ConditionKeys.OfAuthorizer(input, authorization)).Use<CreateAuthorizer>();
        operations.Map(ApiGatewayV1Operations.DeleteAuthorizer)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/authorizers/{input.AuthorizerId}")).Use<DeleteAuthorizer>();
        operations.Map(ApiGatewayV1Operations.GetAuthorizer)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/authorizers/{input.AuthorizerId}")).Use<GetAuthorizer>();
        operations.Map(ApiGatewayV1Operations.GetAuthorizers)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/authorizers"))
            .Use<GetAuthorizers>();
        operations.Map(ApiGatewayV1Operations.UpdateAuthorizer)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/authorizers/{input.AuthorizerId}")).Use<UpdateAuthorizer>();

        operations.Map(ApiGatewayV1Operations.CreateDocumentationPart)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/documentation/parts"))
            .Use<CreateDocumentationPart>();
        operations.Map(ApiGatewayV1Operations.DeleteDocumentationPart)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/documentation/parts/{input.DocumentationPartId}")).Use<DeleteDocumentationPart>();
        operations.Map(ApiGatewayV1Operations.GetDocumentationPart)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/documentation/parts/{input.DocumentationPartId}")).Use<GetDocumentationPart>();
        operations.Map(ApiGatewayV1Operations.GetDocumentationParts)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/documentation/parts"))
            .Use<GetDocumentationParts>();
        operations.Map(ApiGatewayV1Operations.ImportDocumentationParts)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/documentation/parts"))
            .Use<ImportDocumentationParts>();
        operations.Map(ApiGatewayV1Operations.UpdateDocumentationPart)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/documentation/parts/{input.DocumentationPartId}")).Use<UpdateDocumentationPart>();
        operations.Map(ApiGatewayV1Operations.CreateDocumentationVersion)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/documentation/versions"))
            .Use<CreateDocumentationVersion>();
        operations.Map(ApiGatewayV1Operations.DeleteDocumentationVersion)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/documentation/versions/{input.DocumentationVersion}"))
            .Use<DeleteDocumentationVersion>();
        operations.Map(ApiGatewayV1Operations.GetDocumentationVersion)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/documentation/versions/{input.DocumentationVersion}"))
            .Use<GetDocumentationVersion>();
        operations.Map(ApiGatewayV1Operations.GetDocumentationVersions)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/restapis/{input.RestApiId}/documentation/versions"))
            .Use<GetDocumentationVersions>();
        operations.Map(ApiGatewayV1Operations.UpdateDocumentationVersion)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/restapis/{input.RestApiId}/documentation/versions/{input.DocumentationVersion}"))
            .Use<UpdateDocumentationVersion>();

        operations.Map(ApiGatewayV1Operations.GenerateClientCertificate)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/clientcertificates"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<GenerateClientCertificate>();
        operations.Map(ApiGatewayV1Operations.DeleteClientCertificate)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/clientcertificates/{input.ClientCertificateId}"))
            .Use<DeleteClientCertificate>();
        operations.Map(ApiGatewayV1Operations.GetClientCertificate)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/clientcertificates/{input.ClientCertificateId}"))
            .Use<GetClientCertificate>();
        operations.Map(ApiGatewayV1Operations.GetClientCertificates)
            .Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/clientcertificates")).Use<GetClientCertificates>();
        operations.Map(ApiGatewayV1Operations.UpdateClientCertificate)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/clientcertificates/{input.ClientCertificateId}"))
            .Use<UpdateClientCertificate>();

        operations.Map(ApiGatewayV1Operations.CreateApiKey)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/apikeys"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<CreateApiKey>();
        operations.Map(ApiGatewayV1Operations.DeleteApiKey)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/apikeys/{input.ApiKey}")).Use<DeleteApiKey>();
        operations.Map(ApiGatewayV1Operations.GetApiKey)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apikeys/{input.ApiKey}")).Use<GetApiKey>();
        operations.Map(ApiGatewayV1Operations.GetApiKeys)
            .Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/apikeys")).Use<GetApiKeys>();
        operations.Map(ApiGatewayV1Operations.ImportApiKeys)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/apikeys")).Use<ImportApiKeys>();
        operations.Map(ApiGatewayV1Operations.UpdateApiKey)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/apikeys/{input.ApiKey}")).Use<UpdateApiKey>();

        operations.Map(ApiGatewayV1Operations.CreateUsagePlan)
            .Needs("apigateway:POST", (_, context) => ApiArn.Of(context, "/usageplans"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<CreateUsagePlan>();
        operations.Map(ApiGatewayV1Operations.DeleteUsagePlan)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}")).Use<DeleteUsagePlan>();
        operations.Map(ApiGatewayV1Operations.GetUsagePlan)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}")).Use<GetUsagePlan>();
        operations.Map(ApiGatewayV1Operations.GetUsagePlans)
            .Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/usageplans")).Use<GetUsagePlans>();
        operations.Map(ApiGatewayV1Operations.UpdateUsagePlan)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}")).Use<UpdateUsagePlan>();
        operations.Map(ApiGatewayV1Operations.CreateUsagePlanKey)
            .Needs("apigateway:POST", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}/keys"))
            .Use<CreateUsagePlanKey>();
        operations.Map(ApiGatewayV1Operations.DeleteUsagePlanKey)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}/keys/{input.KeyId}"))
            .Use<DeleteUsagePlanKey>();
        operations.Map(ApiGatewayV1Operations.GetUsagePlanKey)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}/keys/{input.KeyId}"))
            .Use<GetUsagePlanKey>();
        operations.Map(ApiGatewayV1Operations.GetUsagePlanKeys)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}/keys"))
            .Use<GetUsagePlanKeys>();
        operations.Map(ApiGatewayV1Operations.GetUsage)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/usageplans/{input.UsagePlanId}/usage")).Use<GetUsage>();
        operations.Map(ApiGatewayV1Operations.UpdateUsage)
            .Needs("apigateway:PATCH", (input, context) => ApiArn.Of(
                context, $"/usageplans/{input.UsagePlanId}/keys/{input.KeyId}/usage")).Use<UpdateUsage>();

        operations.Map(ApiGatewayV1Operations.GetAccount)
            .Needs("apigateway:GET", (_, context) => ApiArn.Of(context, "/account")).Use<GetAccount>();
        operations.Map(ApiGatewayV1Operations.UpdateAccount)
            .Needs("apigateway:PATCH", (_, context) => ApiArn.Of(context, "/account")).Use<UpdateAccount>();

        operations.Map(ApiGatewayV1Operations.GetTags)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/tags/{Uri.EscapeDataString(input.ResourceArn)}"))
            .Use<GetTags>();
        operations.Map(ApiGatewayV1Operations.TagResource)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/tags/{Uri.EscapeDataString(input.ResourceArn)}"))
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags)).Use<TagResource>();
        operations.Map(ApiGatewayV1Operations.UntagResource)
            .Needs("apigateway:DELETE", (input, context) => ApiArn.Of(context, $"/tags/{Uri.EscapeDataString(input.ResourceArn)}"))
            .Keys((input, _, authorization) => authorization.Key("aws:TagKeys", input.TagKeys)).Use<UntagResource>();
    }
}
