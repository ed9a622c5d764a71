using System.Net.WebSockets;
using Haneul.ApiGateway.Execute.Authorizers;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>One client. It holds no buffers while nothing is sent or received, so that very many may be open.</summary>
internal sealed class SocketConnection : IDisposable
{
    /// <summary>The longest frame. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html"/></summary>
    public const int MaxFrame = 32 * 1024;

    /// <summary>The longest message, in either direction.</summary>
    public const int MaxMessage = 128 * 1024;

    // How long a client may take to accept a message, and to answer that the connection closes.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    // One message at a time goes out; guards the socket's sending side.
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _abort = new();
    private WebSocket? _socket;
    private long _lastActive;
    private int _closing;

    public required string Id { get; init; }

    public required string ApiId { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Stage { get; init; }

    /// <summary>The host and port that the client used.</summary>
    public required string Host { get; init; }

    public required string Endpoint { get; init; }

    public required string SourceIp { get; init; }

    public required string UserAgent { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public AuthorizerVerdict? Verdict { get; set; }

    public DateTimeOffset LastActive
    {
        get => new(Volatile.Read(ref _lastActive), TimeSpan.Zero);
        set => Volatile.Write(ref _lastActive, value.UtcTicks);
    }

    /// <summary>Ends all waiting for the client.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Why the cloud closes the connection; null if the client does.</summary>
    public (int Code, string Reason)? Closing { get; private set; }

    public WebSocket Socket => _socket!;

    public bool IsOpen => _socket is { State: WebSocketState.Open } && Volatile.Read(ref _closing) == 0;

    public void Open(WebSocket socket) => _socket = socket;

    /// <summary>Sends a message, in frames of at most <see cref="MaxFrame"/> bytes.</summary>
    /// <returns>False if the client is gone.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel, _abort.Token);
        patience.CancelAfter(s_patience);
        try
        {
            await _sending.WaitAsync(patience.Token);
            try
            {
                if (!IsOpen)
                {
                    return false;
                }

                do
                {
                    var frame = message[..Math.Min(message.Length, MaxFrame)];
                    message = message[frame.Length..];
                    await Socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: message.IsEmpty, patience.Token);
                }
                while (!message.IsEmpty);
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (IsGone(exception) || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Abort();
            return false;
        }
    }

    /// <summary>Says goodbye and gives the client a moment to answer. Later calls do nothing.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        Closing = (code, reason);
        try
        {
            _abort.CancelAfter(s_farewell);
            await _sending.WaitAsync(_abort.Token);
            try
            {
                if (_socket is { State: WebSocketState.Open or WebSocketState.CloseReceived })
                {
                    await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, _abort.Token);
                }
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (IsGone(exception) || exception is OperationCanceledException)
        {
            Abort();
        }
    }

    public void Abort()
    {
        try
        {
            _abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <summary>Whether an exception says that the client has gone or does not speak the protocol.</summary>
    public static bool IsGone(Exception exception) => exception is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException;

    public void Dispose()
    {
        _socket?.Dispose();
        _abort.Dispose();
        _sending.Dispose();
    }
}
