using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Haneul.Compute.RuntimeApi;

/// <summary>Carries connections from a sandbox to the cloud's endpoint, byte for byte.</summary>
internal static class Forwarder
{
    private const int MaxConnectionsOfSandbox = 256;
    private const int BufferSize = 64 * 1024;

    /// <summary>Forwards what connects to a socket until the socket is closed.</summary>
    public static async Task ServeAsync(Socket listener, Func<int> port, ILogger log)
    {
        var free = new SemaphoreSlim(MaxConnectionsOfSandbox);
        while (true)
        {
            await free.WaitAsync(CancellationToken.None);
            try
            {
                var inside = await listener.AcceptAsync(CancellationToken.None);
                _ = ForwardAsync(inside, port(), free, log);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task ForwardAsync(Socket inside, int port, SemaphoreSlim free, ILogger log)
    {
        using var outside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (inside)
        {
            try
            {
                inside.NoDelay = true;
                await outside.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
                await Task.WhenAll(CopyAsync(inside, outside), CopyAsync(outside, inside));
            }
            catch (SocketException exception)
            {
                Log.ForwardFailed(log, exception.Message);
            }
            finally
            {
                free.Release();
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await from.ReceiveAsync(buffer) is var received and > 0)
            {
                for (var sent = 0; sent < received;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, received - sent));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // One side has gone: neither has anything more to say to the other.
            from.Close();
            to.Close();
        }
        catch (ObjectDisposedException)
        {
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
