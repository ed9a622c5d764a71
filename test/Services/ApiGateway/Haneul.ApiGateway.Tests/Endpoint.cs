using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Haneul.ApiGateway.Tests;

/// <summary>An HTTP endpoint on this machine that keeps what it was sent.</summary>
internal sealed class Endpoint : IDisposable
{
    private readonly HttpListener _listener = new();

    public Endpoint()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public string Answer { get; set; } = """{"from":"endpoint"}""";

    public ConcurrentQueue<(string Method, string Target, WebHeaderCollection Headers, string Body)> Requests { get; } = [];

    public (string Method, string Target, WebHeaderCollection Headers, string Body) Last => Requests.Last();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Requests.Enqueue((
                    context.Request.HttpMethod, context.Request.RawUrl!, new WebHeaderCollection { context.Request.Headers }, await reader.ReadToEndAsync()));
                context.Response.StatusCode = Status;
                context.Response.ContentType = "application/json";
                context.Response.Headers["x-from"] = "endpoint";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
