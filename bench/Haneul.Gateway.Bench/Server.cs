using System.Diagnostics;
using System.Globalization;

namespace Haneul.Gateway.Bench;

/// <summary>Any other server: the bare echo, or another product that looks at no signature.</summary>
internal sealed class Server : ISubject
{
    private readonly Process _process;
    private readonly string _host;

    private Server(string name, string program, IReadOnlyList<string> arguments, int port)
    {
        Name = name;
        _host = $"127.0.0.1:{port}";
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public string Url => $"http://{_host}/";

    public static Task<Server> EchoAsync(int port, int bytes) =>
        StartAsync("echo", Environment.ProcessPath!, ["echo", Text(port), Text(bytes)], port);

    public static async Task<Server> DynaliteAsync(string program, int port)
    {
        var server = await StartAsync("dynalite", program, ["--port", Text(port), "--createTableMs", "0"], port);
        await Workloads.PrepareAsync(server);
        return server;
    }

    public static async Task<Server> MotoAsync(string program, int port)
    {
        var server = await StartAsync("moto", program, ["-p", Text(port)], port);
        await Workloads.PrepareAsync(server);
        return server;
    }

    public SignedCall Sign(string operation, string body) =>
        SignedCall.Make(_host, "dynamodb", "DynamoDB_20120810." + operation, body, "test", "test");

    public TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<Server> StartAsync(string name, string program, IReadOnlyList<string> arguments, int port)
    {
        var server = new Server(name, program, arguments, port);
        using var client = new HttpClient();
        for (var i = 0; ; i++)
        {
            try
            {
                using var response = await client.GetAsync(server.Url);
                return server;
            }
            catch (HttpRequestException) when (i < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
