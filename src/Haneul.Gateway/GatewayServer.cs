using Haneul.Gateway.Tls;
using Haneul.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Haneul.Gateway;

/// <summary>
/// Kestrel with the pipeline as its application. There is no web host in between: its activity, log scope and events for every request would be
/// made a second time here, and it would listen where environment variables say.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;

    private GatewayServer(KestrelServer kestrel) => _kestrel = kestrel;

    /// <summary>Where it listens, in the order in which addresses were given.</summary>
    public IReadOnlyList<Uri> Urls => [.. _kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];

    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<GatewayServer> StartAsync(IServiceProvider services, Action<KestrelServerOptions> configure, CancellationToken cancel)
    {
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null; // each operation has its own
        var logs = services.GetRequiredService<ILoggerFactory>();
        if (services.GetService<IServerCertificates>() is { } certificates)
        {
            var log = logs.CreateLogger<TlsOnSamePort>();
            options.ConfigureEndpointDefaults(listen => listen.Use(next => new TlsOnSamePort(next, certificates, log).OnConnectionAsync));
        }

        configure(options);
        var kestrel = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs), logs);
        try
        {
            await kestrel.StartAsync(new Application(services.GetRequiredService<Pipeline>()), cancel);
            return new GatewayServer(kestrel);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }
    }

    /// <summary>Takes no more requests and waits for those that are under way.</summary>
    public Task StopAsync(CancellationToken cancel) => _kestrel.StopAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
    }

    private sealed class Application(Pipeline pipeline) : IHttpApplication<DefaultHttpContext>
    {
        public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            // A connection keeps its context for its next request.
            var container = contextFeatures as IHostContextContainer<DefaultHttpContext>;
            var context = container?.HostContext ?? new DefaultHttpContext();
            if (container is not null)
            {
                container.HostContext = context;
            }

            context.Initialize(contextFeatures);
            return context;
        }

        public Task ProcessRequestAsync(DefaultHttpContext context) => pipeline.RunAsync(context);

        public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
    }
}
