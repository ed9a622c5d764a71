using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Invocations;
using Haneul.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda.Tests;

/// <summary>A cloud with Lambda, and logs that tests can read. No official .NET client restores everywhere, so requests are written out.</summary>
public sealed class LambdaCloud : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::000000000000:role/lambda";
    private readonly HaneulServer _server;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly LogsOfTests _logs;

    private LambdaCloud(HaneulServer server, LogsOfTests logs)
    {
        _server = server;
        _logs = logs;
    }

    public Uri Url => _server.Url;

    /// <summary>The code of the last refusal.</summary>
    public string? LastError { get; private set; }

    public IServiceProvider Services => _server.Services;

    internal FunctionRunner Runner => _server.Services.GetRequiredService<FunctionRunner>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<LambdaCloud> StartAsync(TimeProvider? time = null, params IServiceModule[] modules)
    {
        var logs = new LogsOfTests();
        return new LambdaCloud(await HaneulServer.StartAsync(time: time, modules: [new LambdaModule(), logs, .. modules]), logs);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    public Task<JsonElement> CreateAsync(string name, string runtime, string handler, string file, string source, string extra = "") =>
        CreateAsync(name, runtime, handler, Zip((file, source)), extra);

    public async Task<JsonElement> CreateAsync(string name, string runtime, string handler, byte[] archive, string extra = "")
    {
        var (status, body) = await TryCreateAsync(name, runtime, handler, archive, extra);
        Assert.True(status == 201, body.ToString());
        return body;
    }

    public Task<(int Status, JsonElement Body)> TryCreateAsync(string name, string runtime, string handler, byte[] archive, string extra = "") => SendAsync(
        HttpMethod.Post,
        "/2015-03-31/functions",
        $$$"""{"FunctionName":"{{{name}}}","Runtime":"{{{runtime}}}","Handler":"{{{handler}}}","Role":"{{{Role}}}","Code":{"ZipFile":"{{{Convert.ToBase64String(archive)}}}"}{{{extra}}}}""");

    public Task<Answer> InvokeAsync(string name, string payload = "{}", params (string Name, string Value)[] headers) =>
        InvokeAsync(name, Encoding.UTF8.GetBytes(payload), headers);

    public async Task<Answer> InvokeAsync(string name, byte[] payload, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, $"/2015-03-31/functions/{name}/invocations")) { Content = new ByteArrayContent(payload) };
        foreach (var (header, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var response = await _client.SendAsync(request, Cancel);
        return new Answer(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel), Header(response.Headers, "X-Amz-Function-Error"),
            Header(response.Headers, "X-Amz-Log-Result") is { } log ? Encoding.UTF8.GetString(Convert.FromBase64String(log)) : null,
            Header(response.Headers, "X-Amz-Executed-Version"), Header(response.Headers, "x-amzn-RequestId"));
    }

    public async Task<JsonElement> CallAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        Assert.True(status is >= 200 and < 300, $"{status} {answer}");
        return answer;
    }

    public string[] CodeFiles()
    {
        var code = Path.Combine(_server.Services.GetRequiredService<CloudEnvironment>().DataDirectory, "lambda", "code");
        return Directory.Exists(code) ? Directory.GetDirectories(code) : [];
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _client.SendAsync(request, Cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        LastError = Header(response.Headers, "x-amzn-ErrorType");
        return ((int)response.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement);
    }

    public async Task<byte[]> DownloadAsync(string url) => await _client.GetByteArrayAsync(new Uri(url), Cancel);

    /// <summary>All lines that reached a log group.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string group)
    {
        await _server.Services.GetRequiredService<FunctionLogs>().FlushAsync(Cancel);
        return [.. _logs.Lines.Where(line => line.Group == group).Select(line => line.Text)];
    }

    public async Task<string> StreamAsync(string group)
    {
        await _server.Services.GetRequiredService<FunctionLogs>().FlushAsync(Cancel);
        return _logs.Lines.First(line => line.Group == group).Stream;
    }

    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = Convert.ToInt32(name.EndsWith("bootstrap", StringComparison.Ordinal) ? "100755" : "100644", 8) << 16;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }

    private static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;

    public sealed record Answer(int Status, string Body, string? Error, string? Log, string? Version, string? RequestId)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        public override string ToString() => $"{Status} {Error} {Body}\n{Log}";
    }

    /// <summary>Stands where CloudWatch Logs would: a module without operations of its own.</summary>
    private sealed class LogsOfTests : IServiceModule, ILogSink
    {
        public ConcurrentQueue<(string Group, string Stream, string Text)> Lines { get; } = new();

        public ServiceModel Model { get; } = new()
        {
            Id = "test-logs", ServiceId = "Test Logs", SigningName = "test-logs", ActionPrefix = "test", EndpointPrefix = "test-logs", ApiVersion = "1",
            Protocols = [Protocol.AwsJson11], TargetPrefix = "TestLogs", Operations = [],
        };

        public void Register(IServiceCollection services) => services.AddSingleton<ILogSink>(this);

        public void Map(OperationTable operations)
        {
        }

        public ValueTask<Outcome<Unit>> WriteAsync(string group, string stream, IReadOnlyList<LogLine> lines, CallContext writer, CancellationToken cancel)
        {
            foreach (var line in lines)
            {
                Lines.Enqueue((group, stream, line.Message));
            }

            return new(Unit.Value);
        }
    }
}
