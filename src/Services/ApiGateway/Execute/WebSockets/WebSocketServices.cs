using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>The parts of WebSocket APIs.</summary>
internal static class WebSocketServices
{
    public static IServiceCollection AddWebSocketApis(this IServiceCollection services) => services
        .AddSingleton<SocketTable>()
        .AddHostedService(static provider => provider.GetRequiredService<SocketTable>())
        .AddSingleton<SocketReports>()
        .AddSingleton<SocketIntegrations>()
        .AddSingleton<SocketRoutes>()
        .AddSingleton<SocketConnect>()
        .AddSingleton<ConnectionsApi>()
        .AddSingleton<IApiKind, WebSocketApis>();
}
