using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// The open connections of this process. One timer looks after all of them: a connection lives two hours, and ten minutes without a message.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html"/>
/// </summary>
internal sealed class SocketTable(TimeProvider time) : IHostedService, IDisposable
{
    private const int GoingAway = 1001;

    private static readonly TimeSpan s_life = TimeSpan.FromHours(2);
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, SocketConnection> _connections = new(StringComparer.Ordinal);
    private ITimer? _timer;

    public int Count => _connections.Count;

    /// <summary>A connection of an API's stage by its id.</summary>
    public SocketConnection? Find(string apiId, string stage, string id) =>
        _connections.TryGetValue(id, out var connection) && connection.ApiId == apiId && connection.Stage == stage && connection.IsOpen ? connection : null;

    public void Add(SocketConnection connection) => _connections[connection.Id] = connection;

    public void Remove(SocketConnection connection) => _connections.TryRemove(connection.Id, out _);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Sweep(), null, s_pause, s_pause);
        return Task.CompletedTask;
    }

    /// <summary>Closes all connections: clients connect again to the next process.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await Task.WhenAll(_connections.Values.Select(connection => connection.CloseAsync(GoingAway, "Going away")));
    }

    public void Dispose() => _timer?.Dispose();

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var connection in _connections.Values)
        {
            if (now - connection.ConnectedAt >= s_life || now - connection.LastActive >= s_idle)
            {
                _ = connection.CloseAsync(GoingAway, "Going away");
            }
        }
    }
}
