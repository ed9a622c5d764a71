using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Haneul.Compute.RuntimeApi;

/// <summary>
/// One HTTP server for the Runtime API of all sandboxes. It listens nowhere itself: connections come from sockets that lie inside the sandboxes, and
/// the socket tells whose connection it is.
/// </summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    // A function needs one or two; more of them would only burden its neighbours.
    private const int MaxConnectionsOfSandbox = 64;

    private readonly Connections _connections = new();
    private readonly KestrelServer _server;
    private readonly Lazy<Task> _started;
    private readonly SocketConnectionContextFactory _factory;

    public RuntimeApiServer(ILoggerFactory logs)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        options.Listen(new SandboxEndPoint());
        _server = new KestrelServer(Options.Create(options), _connections, NullLoggerFactory.Instance);
        _factory = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), logs.CreateLogger<RuntimeApiServer>());
        _started = new Lazy<Task>(() => _server.StartAsync(new Application(), CancellationToken.None));
    }

    /// <summary>Serves what connects to a socket until the socket is closed.</summary>
    public Task ServeAsync(Socket listener, RuntimeSession session) => ServeAsync(listener, new Sessions(_ => session), MaxConnectionsOfSandbox);

    /// <summary>Serves a socket that several sandboxes connect to: the first part of the path tells which.</summary>
    public Task ServeAsync(Socket listener, Func<string, RuntimeSession?> find) => ServeAsync(listener, new Sessions(find), int.MaxValue);

    private async Task ServeAsync(Socket listener, Sessions sessions, int maxConnections)
    {
        await _started.Value;
        var free = new SemaphoreSlim(maxConnections);
        while (true)
        {
            await free.WaitAsync(CancellationToken.None);
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(CancellationToken.None);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            var connection = _factory.Create(socket);
            connection.Features.Set(sessions);
            connection.ConnectionClosed.UnsafeRegister(static free => ((SemaphoreSlim)free!).Release(), free);
            _connections.Add(connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            using var atOnce = new CancellationTokenSource();
            await atOnce.CancelAsync();
            await _server.StopAsync(atOnce.Token);
        }

        _server.Dispose();
        _factory.Dispose();
    }

    /// <summary>Whose connection it is.</summary>
    private sealed record Sessions(Func<string, RuntimeSession?> Find);

    private sealed class SandboxEndPoint : EndPoint
    {
        public override string ToString() => "http://sandboxes";
    }

    private sealed class Application : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            try
            {
                var path = context.Request.Path.Value!.AsSpan().TrimStart('/');
                var slash = path.IndexOf('/');
                if (context.Features.GetRequiredFeature<Sessions>().Find((slash < 0 ? path : path[..slash]).ToString()) is { } session)
                {
                    await session.HandleAsync(context);
                }
                else
                {
                    context.Response.StatusCode = 403;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or Microsoft.AspNetCore.Http.BadHttpRequestException)
            {
                // The sandbox hung up, or sent what is not HTTP.
                context.Abort();
            }
        }
    }

    /// <summary>Accepted connections on their way into the server.</summary>
    private sealed class Connections : IConnectionListenerFactory, IConnectionListener
    {
        private readonly Channel<ConnectionContext> _accepted = Channel.CreateUnbounded<ConnectionContext>();

        public EndPoint EndPoint { get; private set; } = new SandboxEndPoint();

        public void Add(ConnectionContext connection)
        {
            if (!_accepted.Writer.TryWrite(connection))
            {
                connection.Abort();
            }
        }

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            EndPoint = endpoint;
            return new(this);
        }

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                return await _accepted.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException)
            {
                return null;
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _accepted.Writer.TryComplete();
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
