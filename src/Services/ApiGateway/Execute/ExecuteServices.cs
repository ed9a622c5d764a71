using Haneul.ApiGateway.Domains;
using Haneul.ApiGateway.Execute.AccessLogs;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Execute.OutboundHttp;
using Haneul.ApiGateway.Execute.Throttling;
using Haneul.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Haneul.ApiGateway.Execute;

/// <summary>What all kinds of APIs share when they serve requests.</summary>
internal static class ExecuteServices
{
    /// <summary>Adds it once, however many modules ask.</summary>
    public static IServiceCollection AddExecute(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpSite, ApiSite>());
        services.AddDomains();
        services.TryAddSingleton<OutboundClient>();
        services.TryAddSingleton<IssuerKeys>();
        services.TryAddSingleton<LambdaAuthorizers>();
        services.TryAddSingleton<JwtAuthorizers>();
        services.TryAddSingleton<CognitoAuthorizers>();
        services.TryAddSingleton<ApiGatewayOptions>();
        services.TryAddSingleton<Throttles>();
        if (!services.Any(service => service.ServiceType == typeof(AccessLogWriter)))
        {
            services.AddSingleton<AccessLogWriter>();
            services.AddHostedService(static provider => provider.GetRequiredService<AccessLogWriter>());
        }

        return services;
    }
}
