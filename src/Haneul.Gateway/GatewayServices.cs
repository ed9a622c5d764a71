using Haneul.Gateway.Authorization;
using Haneul.Gateway.Observability;
using Haneul.Gateway.Routing;
using Haneul.Gateway.Stages;
using Haneul.Http;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Haneul.Gateway;

/// <summary>Puts the gateway and the modules behind it into the container.</summary>
public static class GatewayServices
{
    /// <summary>
    /// The caller adds what the cloud stands on: the store, the clock, <see cref="Kernel.Identity.IIdSource"/>,
    /// <see cref="Kernel.Cloud.CloudEnvironment"/> and <see cref="GatewayOptions"/>.
    /// </summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IEnumerable<IServiceModule> modules)
    {
        services.AddSingleton<Pipeline>();
        services.AddSingleton<LocalAccess>();
        services.AddSingleton<Authenticate>();
        services.AddSingleton<Authorize>();
        services.AddSingleton<DecisionLog>();
        services.AddSingleton<ServiceMap>();
        services.AddSingleton(static provider => new AccessLogFile(provider.GetRequiredService<GatewayOptions>()));
        services.AddSingleton(static provider => new Record(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Record>>(), provider.GetRequiredService<AccessLogFile>().Log));
        services.AddSingleton<OperationInvoker>();
        services.AddSingleton<IOperationInvoker>(static provider => provider.GetRequiredService<OperationInvoker>());
        services.AddSingleton<ISiteCallers, SiteCallers>();
        services.AddSingleton<IServiceCalls, ServiceCalls>();
        foreach (var module in modules)
        {
            services.AddSingleton(module);
            module.Register(services);
        }

        return services;
    }
}
