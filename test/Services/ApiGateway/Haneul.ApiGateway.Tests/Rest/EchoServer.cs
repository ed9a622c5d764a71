using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>An HTTP endpoint that answers with what it was sent, or as a test says.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public EchoServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public Dictionary<string, string> Headers { get; } = [];

    public byte[]? Body { get; set; }

    public bool Hangs { get; set; }

    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Called.TrySetResult();
        if (Hangs)
        {
            return;
        }

        using var reader = new StreamReader(context.Request.InputStream);
        var headers = new JsonObject();
        foreach (var name in context.Request.Headers.AllKeys)
        {
            headers[name!.ToLowerInvariant()] = context.Request.Headers[name];
        }

        var echo = new JsonObject
        {
            ["method"] = context.Request.HttpMethod,
            ["path"] = context.Request.RawUrl,
            ["headers"] = headers,
            ["body"] = await reader.ReadToEndAsync(),
        };
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        var body = Body ?? Encoding.UTF8.GetBytes(echo.ToJsonString());
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
