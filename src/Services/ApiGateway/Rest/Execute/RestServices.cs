using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Rest.Execute.Authorization;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.ApiGateway.Rest.Execute.Integrations;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.ApiGateway.Rest.Execute.Logging;
using Haneul.ApiGateway.Rest.Execute.Testing;
using Haneul.Integration.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>What serves REST APIs.</summary>
internal static class RestServices
{
    public static IServiceCollection AddRestApis(this IServiceCollection services) => services
        .AddExecute()
        .AddSingleton<IApiKind, RestApis>()
        .AddSingleton<KeptRecords>()
        .AddSingleton<RestSites>()
        .AddSingleton<RestCalls>()
        .AddSingleton<RestPipeline>()
        .AddMetricReporter()
        .AddSingleton<RestMetrics>()
        .AddSingleton<RestReports>()
        .AddSingleton<LogRoles>()
        .AddSingleton<ExecutionLogs>()
        .AddHostedService(static provider => provider.GetRequiredService<ExecutionLogs>())
        .AddSingleton<TestCalls>()
        .AddSingleton<MethodKeys>()
        .AddSingleton<MethodThrottling>()
        .AddSingleton<ClientCertificates>()
        .AddSingleton<StageCaches>()
        .AddSingleton<MethodCache>()
        .AddSingleton<MethodAuthorization>()
        .AddSingleton<MethodAuthorizers>()
        .AddSingleton<MappingTemplates>()
        .AddSingleton<RequestMapping>()
        .AddSingleton<ResponseMapping>()
        .AddSingleton<IntegrationCallers>()
        .AddSingleton<IntegrationRunner>()
        .AddSingleton<MockIntegration>()
        .AddSingleton<HttpIntegration>()
        .AddSingleton<FunctionProxyIntegration>()
        .AddSingleton<FunctionIntegration>()
        .AddSingleton<ServiceIntegration>();
}
