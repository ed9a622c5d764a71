using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.Integration.Certificates;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Haneul.ApiGateway.Domains;

/// <summary>The operations of custom domain names, in both versions of the management API.</summary>
internal static class DomainOperations
{
    /// <summary>Both modules bring the domains; they are there once.</summary>
    public static IServiceCollection AddDomains(this IServiceCollection services)
    {
        services.TryAddSingleton<DomainRules>();
        if (services.All(service => service.ServiceType != typeof(DomainTable)))
        {
            services.AddSingleton<DomainTable>();
            services.AddSingleton<ICertificateUsers>(static provider => provider.GetRequiredService<DomainTable>());
        }

        return services;
    }

    public static void MapRest(OperationTable operations)
    {
        operations.Map(ApiGatewayV1Operations.CreateDomainName)
            .Needs("apigateway:POST", static (_, context) => ApiArn.Of(context, "/domainnames"))
            .Keys(static (input, _, authorization) => authorization.RequestTags(input.Tags)).Use<Rest.CreateDomainName>();
        operations.Map(ApiGatewayV1Operations.DeleteDomainName)
            .Needs("apigateway:DELETE", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}")).Use<Rest.DeleteDomainName>();
        operations.Map(ApiGatewayV1Operations.GetDomainName)
            .Needs("apigateway:GET", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}")).Use<Rest.GetDomainName>();
        operations.Map(ApiGatewayV1Operations.GetDomainNames)
            .Needs("apigateway:GET", static (_, context) => ApiArn.Of(context, "/domainnames")).Use<Rest.GetDomainNames>();
        operations.Map(ApiGatewayV1Operations.UpdateDomainName)
            .Needs("apigateway:PATCH", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}")).Use<Rest.UpdateDomainName>();
        operations.Map(ApiGatewayV1Operations.CreateBasePathMapping)
            .Needs("apigateway:POST", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/basepathmappings"))
            .Use<Rest.CreateBasePathMapping>();
        operations.Map(ApiGatewayV1Operations.DeleteBasePathMapping)
            .Needs("apigateway:DELETE", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/basepathmappings/{input.BasePath}"))
            .Use<Rest.DeleteBasePathMapping>();
        operations.Map(ApiGatewayV1Operations.GetBasePathMapping)
            .Needs("apigateway:GET", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/basepathmappings/{input.BasePath}"))
            .Use<Rest.GetBasePathMapping>();
        operations.Map(ApiGatewayV1Operations.GetBasePathMappings)
            .Needs("apigateway:GET", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/basepathmappings"))
            .Use<Rest.GetBasePathMappings>();
        operations.Map(ApiGatewayV1Operations.UpdateBasePathMapping)
            .Needs("apigateway:PATCH", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/basepathmappings/{input.BasePath}"))
            .Use<Rest.UpdateBasePathMapping>();
    }

    public static void MapHttp(OperationTable operations)
    {
        operations.Map(ApiGatewayV2Operations.CreateDomainName)
            .Needs("apigateway:POST", static (_, context) => ApiArn.Of(context, "/domainnames"))
            .Keys(static (input, _, authorization) => authorization.RequestTags(input.Tags)).Use<Http.CreateDomainName>();
        operations.Map(ApiGatewayV2Operations.DeleteDomainName)
            .Needs("apigateway:DELETE", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}")).Use<Http.DeleteDomainName>();
        operations.Map(ApiGatewayV2Operations.GetDomainName)
            .Needs("apigateway:GET", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}")).Use<Http.GetDomainName>();
        operations.Map(ApiGatewayV2Operations.GetDomainNames)
            .Needs("apigateway:GET", static (_, context) => ApiArn.Of(context, "/domainnames")).Use<Http.GetDomainNames>();
        operations.Map(ApiGatewayV2Operations.UpdateDomainName)
            .Needs("apigateway:PATCH", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}")).Use<Http.UpdateDomainName>();
        operations.Map(ApiGatewayV2Operations.CreateApiMapping)
            .Needs("apigateway:POST", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/apimappings")).Use<Http.CreateApiMapping>();
        operations.Map(ApiGatewayV2Operations.DeleteApiMapping)
            .Needs("apigateway:DELETE", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/apimappings/{input.ApiMappingId}"))
            .Use<Http.DeleteApiMapping>();
        operations.Map(ApiGatewayV2Operations.GetApiMapping)
            .Needs("apigateway:GET", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/apimappings/{input.ApiMappingId}"))
            .Use<Http.GetApiMapping>();
        operations.Map(ApiGatewayV2Operations.GetApiMappings)
            .Needs("apigateway:GET", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/apimappings")).Use<Http.GetApiMappings>();
        operations.Map(ApiGatewayV2Operations.UpdateApiMapping)
            .Needs("apigateway:PATCH", static (input, context) => ApiArn.Of(context, $"/domainnames/{input.DomainName}/apimappings/{input.ApiMappingId}"))
            .Use<Http.UpdateApiMapping>();
    }
}
