using System.Buffers;
using System.Net.WebSockets;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// Reads a connection until it ends and hands its messages over. Between messages nothing is rented: the read waits for the first byte without a
/// buffer. Messages are served at the same time, up to a limit, so that a slow one does not hold up the next.
/// </summary>
internal static class SocketSession
{
    private const int MaxAtOnce = 16;
    private const int FirstBuffer = 4 * 1024;
    private const int TooBig = 1009;
    private const int Unsupported = 1003;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    /// <summary>How the connection ended: the code and reason that the disconnect event carries.</summary>
    public static async Task<(int Code, string Reason)> RunAsync(
        SocketConnection connection, Stream stream, TimeProvider time, Func<ReadOnlyMemory<byte>, Task> handle)
    {
        using var places = new SemaphoreSlim(MaxAtOnce);
        var ended = (Code: 1006, Reason: "Connection Closed Abnormally");
        try
        {
            while (await ReadAsync(connection) is { } message)
            {
                connection.LastActive = time.GetUtcNow();
                await places.WaitAsync(connection.Aborted);
                _ = ServeAsync(message);
            }

            ended = connection.Socket.CloseStatus is { } status
                ? ((int)status, Reason((int)status, connection.Socket.CloseStatusDescription))
                : (1005, "Client-side close frame status not set");
            await connection.CloseAsync(ended.Code is 1005 or 1006 ? 1000 : ended.Code, "");
        }
        catch (WebSocketException exception) when (exception.InnerException is FrameTooLongException)
        {
            // The protocol's own writer is of no use after an error; a close frame is four bytes.
            ended = (TooBig, "Message too big");
            await SayTooBigAsync(stream);
        }
        catch (Exception exception) when (SocketConnection.IsGone(exception) || exception is OperationCanceledException)
        {
            // The client went without a word, or broke the protocol.
        }

        // The messages that are being served end by themselves; none begins any more.
        for (var i = 0; i < MaxAtOnce; i++)
        {
            await places.WaitAsync();
        }

        return connection.Closing is { } closing && ended.Code is 1005 or 1006 ? closing : ended;

        async Task ServeAsync(ReadOnlyMemory<byte> message)
        {
            try
            {
                await handle(message);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <returns>The next message; null at the end of the connection.</returns>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(SocketConnection connection)
    {
        while (true)
        {
            var first = await connection.Socket.ReceiveAsync(Memory<byte>.Empty, connection.Aborted);
            if (first.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (first.MessageType == WebSocketMessageType.Binary)
            {
                await connection.CloseAsync(Unsupported, "Binary frames are not supported");
            }

            var message = await CollectAsync(connection, first.EndOfMessage);
            if (message is { } found)
            {
                return found;
            }
        }
    }

    /// <returns>The message; null if it is not to be served.</returns>
    private static async ValueTask<ReadOnlyMemory<byte>?> CollectAsync(SocketConnection connection, bool ended)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (!ended)
            {
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var read = await connection.Socket.ReceiveAsync(buffer.AsMemory(length), connection.Aborted);
                length += read.Count;
                ended = read.EndOfMessage;
                if (length > SocketConnection.MaxMessage)
                {
                    await connection.CloseAsync(TooBig, "Message too big");
                    length = 0; // What still comes is read away until the client answers.
                }
            }

            return connection.IsOpen ? buffer.AsMemory(0, length).ToArray() : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task SayTooBigAsync(Stream stream)
    {
        try
        {
            using var patience = new CancellationTokenSource(s_farewell);
            await stream.WriteAsync(new byte[] { 0x88, 0x02, TooBig >> 8, TooBig & 0xFF }, patience.Token);

            // A connection that is closed over unread bytes is reset, and the client would not see why.
            var rest = ArrayPool<byte>.Shared.Rent(FirstBuffer);
            while (await stream.ReadAsync(rest, patience.Token) > 0)
            {
            }

            ArrayPool<byte>.Shared.Return(rest);
        }
        catch (Exception exception) when (SocketConnection.IsGone(exception) || exception is OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private static string Reason(int code, string? said) => !string.IsNullOrEmpty(said) ? said : code switch
    {
        1000 => "Connection Closed Normally",
        1001 => "Going away",
        1005 => "Client-side close frame status not set",
        _ => "",
    };
}
