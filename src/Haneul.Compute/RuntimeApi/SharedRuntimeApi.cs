using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Haneul.Compute.RuntimeApi;

/// <summary>
/// The Runtime API for sandboxes that share the host's network: a port of the loopback that nobody chose, where the path tells the sandbox. Whoever does
/// not know the path gets nothing; the path is random and known to one sandbox.
/// </summary>
internal sealed class SharedRuntimeApi(RuntimeApiServer server) : IDisposable
{
    private readonly ConcurrentDictionary<string, RuntimeSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lazy<Socket> _listener = new(Listen);
    private int _serving;

    /// <summary>Makes room for a session.</summary>
    /// <returns>Host, port and path, for <c>AWS_LAMBDA_RUNTIME_API</c>.</returns>
    public string Register(RuntimeSession session)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _sessions[secret] = session;
        if (Interlocked.Exchange(ref _serving, 1) == 0)
        {
            _ = server.ServeAsync(_listener.Value, secretPath => _sessions.GetValueOrDefault(secretPath));
        }

        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.Value.LocalEndPoint!).Port}/{secret}");
    }

    public void Remove(RuntimeSession session)
    {
        foreach (var (secret, known) in _sessions)
        {
            if (known == session)
            {
                _sessions.TryRemove(secret, out _);
            }
        }
    }

    public void Dispose()
    {
        if (_listener.IsValueCreated)
        {
            _listener.Value.Dispose();
        }
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }
}
