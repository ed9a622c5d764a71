using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Haneul.Gateway.Bench;

/// <summary>A running cloud with a table, an item, and a user who may read and write the table and nothing else.</summary>
internal sealed class Cloud : ISubject
{
    private const string Policy = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem","dynamodb:BatchWriteItem","dynamodb:Query"],
        "Resource":"arn:aws:dynamodb:us-east-1:000000000000:table/bench"}]}
        """;

    private readonly Process _process;
    private readonly string _program;
    private readonly DirectoryInfo _data;
    private readonly bool _keep;
    private readonly HttpClient _http = new();
    private readonly string _host;

    private Cloud(string program, int port, DirectoryInfo? data)
    {
        _keep = data is not null;
        _data = data ?? Directory.CreateTempSubdirectory("haneul-bench-");
        _program = program;
        _host = $"127.0.0.1:{port}";
        var start = new ProcessStartInfo(program, ["up", "--unthrottled", "--data", _data.FullName, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        var started = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        while (_process.StandardOutput.ReadLine() is { } line && line != "Ready.")
        {
        }

        ReadyIn = Stopwatch.GetElapsedTime(started);
        IdleMegabytes = Resident();
    }

    public TimeSpan ReadyIn { get; }

    public double IdleMegabytes { get; }

    public string Name => _program;

    public string Url => $"http://{_host}/";

    private string Key { get; set; } = "test";

    private string Secret { get; set; } = "test";

    /// <summary>Opens what another run left; requests come from the machine's own user.</summary>
    public static Cloud Open(string program, int port, DirectoryInfo data) => new(program, port, data);

    /// <summary>Starts a cloud with its user and table, in a new directory or in one of the caller's, which is kept.</summary>
    public static async Task<Cloud> StartAsync(string program, int port, DirectoryInfo? data = null)
    {
        var cloud = new Cloud(program, port, data);
        await cloud.QueryAsync("CreateUser", "&UserName=bench");
        await cloud.QueryAsync("PutUserPolicy", "&UserName=bench&PolicyName=table&PolicyDocument=" + Uri.EscapeDataString(Policy));
        var key = await cloud.QueryAsync("CreateAccessKey", "&UserName=bench");
        var values = key.Descendants().Where(element => !element.HasElements).ToDictionary(element => element.Name.LocalName, element => element.Value);
        await Workloads.PrepareAsync(cloud);
        cloud.Key = values["AccessKeyId"];
        cloud.Secret = values["SecretAccessKey"];
        return cloud;
    }

    public SignedCall Sign(string operation, string body) => SignedCall.Make(_host, "dynamodb", "DynamoDB_20120810." + operation, body, Key, Secret);

    /// <summary>Resident memory in MB.</summary>
    public double Resident()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1048576.0;
    }

    public TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        if (!_keep)
        {
            _data.Delete(recursive: true);
        }
    }

    private async Task<XElement> QueryAsync(string action, string parameters)
    {
        using var content = new StringContent($"Action={action}&Version=2010-05-08{parameters}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? XElement.Parse(text) : throw new InvalidOperationException(text);
    }
}
