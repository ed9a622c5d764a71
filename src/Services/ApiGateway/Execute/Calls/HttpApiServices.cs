using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.OpenApi;
using Haneul.Integration.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>The parts of HTTP APIs.</summary>
internal static class HttpApiServices
{
    public static IServiceCollection AddHttpApis(this IServiceCollection services) => services
        .AddMetricReporter()
        .AddSingleton<ApiTable>()
        .AddSingleton<IntegrationRules>()
        .AddSingleton<HttpApiImport>()
        .AddSingleton<RouteCallers>()
        .AddSingleton<FunctionIntegration>()
        .AddSingleton<HttpProxyIntegration>()
        .AddSingleton<ServiceIntegration>()
        .AddSingleton<RouteIntegrations>()
        .AddSingleton<RouteAuthorization>()
        .AddSingleton<HttpMetrics>()
        .AddSingleton<IApiKind, HttpApis>();
}
