using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Haneul.Gateway.Bench;

/// <summary>Ten thousand open connections of a WebSocket API: how long they take to be made, and how much memory each holds.</summary>
internal static class SocketBench
{
    private const int Connections = 10_000;
    private const int AtOnce = 200;

    // A masked text frame with an empty object: no route takes it, so its answer is Forbidden.
    private static readonly byte[] s_frame = [0x81, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'}'];

    public static async Task RunAsync(string program)
    {
        using var cloud = ApiCloud.Start(program, 4590, "unlimited");
        var path = await cloud.PrepareSocketsAsync();
        var before = cloud.Resident();
        var started = Stopwatch.GetTimestamp();
        var gate = new SemaphoreSlim(AtOnce);
        var sockets = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => OpenAsync(path, gate)));
        var took = Stopwatch.GetElapsedTime(started);
        var open = cloud.Resident();
        Console.WriteLine(
            $"{sockets.Length} connections in {took.TotalSeconds:0.0} s (an account takes 500 a second); "
            + $"{before:0} MB before, {open:0} MB with them, {(open - before) * 1024 / Connections:0.0} KB each");
        await Task.WhenAll(sockets.Select(AskAsync));
        Console.WriteLine($"all answered a message; {cloud.Resident():0} MB after");
        Array.ForEach(sockets, socket => socket.Dispose());
    }

    private static async Task<Socket> OpenAsync(string path, SemaphoreSlim gate)
    {
        await gate.WaitAsync();
        try
        {
            while (true)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, 4590);
                await socket.SendAsync(Encoding.ASCII.GetBytes(
                    $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:4590\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
                var answer = await ReadAsync(socket);
                if (answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
                {
                    return socket;
                }

                socket.Dispose();
                if (!answer.StartsWith("HTTP/1.1 429", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(answer);
                }

                await Task.Delay(500);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task AskAsync(Socket socket)
    {
        await socket.SendAsync(s_frame);
        var answer = await ReadAsync(socket);
        if (!answer.Contains("Forbidden", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("A connection did not answer: " + answer);
        }
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }
}
