using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Haneul.Gateway.Bench;

/// <summary>A running cloud with a function, an HTTP API before it and a REST API with a cache.</summary>
internal sealed class ApiCloud : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("haneul-bench-");
    private readonly HttpClient _http = new();
    private readonly string _host;

    private ApiCloud(string program, int port, string rate)
    {
        _host = $"127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo(
            program, ["up", "--data", _data.FullName, "--port", port.ToString(CultureInfo.InvariantCulture), "--api-rate", rate]) { RedirectStandardOutput = true })!;
        while (_process.StandardOutput.ReadLine() is { } line && line != "Ready.")
        {
        }
    }

    public string Url => $"http://{_host}/";

    public string HttpPath { get; private set; } = "";

    public string RestPath { get; private set; } = "";

    public static ApiCloud Start(string program, int port, string rate) => new(program, port, rate);

    public SignedCall Get(string path) => SignedCall.Plain(_host, "GET", path);

    public SignedCall Invoke() => SignedCall.Plain(_host, "POST", "/2015-03-31/functions/hello/invocations", "{}");

    public async Task PrepareAsync(int bytes)
    {
        const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        using (var role = new StringContent(
            $"Action=CreateRole&Version=2010-05-08&RoleName=bench&AssumeRolePolicyDocument={Uri.EscapeDataString(Trust)}", Encoding.UTF8, "application/x-www-form-urlencoded"))
        using (var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = role })
        {
            request.Headers.TryAddWithoutValidation(
                "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00");
            using var response = await _http.SendAsync(request);
            response.EnsureSuccessStatusCode();
        }

        await SendAsync(HttpMethod.Post, "2015-03-31/functions", $$$"""
            {"FunctionName":"hello","Runtime":"nodejs18.x","Handler":"index.handler","Role":"arn:aws:iam::000000000000:role/bench","MemorySize":1769,
            "Code":{"ZipFile":"{{{Zip("exports.handler = async () => ({ statusCode: 200, body: 'ok' });")}}}"} }
            """);
        await SendAsync(HttpMethod.Post, "2015-03-31/functions/hello/policy", """
            {"StatementId":"api","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com"}
            """);
        var api = await SendAsync(HttpMethod.Post, "v2/apis", """{"name":"hello","protocolType":"HTTP","target":"arn:aws:lambda:us-east-1:000000000000:function:hello"}""");
        HttpPath = $"/_aws/execute-api/{api.GetProperty("apiId").GetString()}/$default/";
        await PrepareRestAsync(bytes);
    }

    /// <summary>Makes a WebSocket API that takes connections and has no route for messages.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> PrepareSocketsAsync()
    {
        var api = (await SendAsync(
            HttpMethod.Post, "v2/apis", """{"name":"sockets","protocolType":"WEBSOCKET","routeSelectionExpression":"$request.body.action"}""")).GetProperty("apiId").GetString();
        var integration = (await SendAsync(HttpMethod.Post, $"v2/apis/{api}/integrations", """{"integrationType":"MOCK"}""")).GetProperty("integrationId").GetString();
        await SendAsync(HttpMethod.Post, $"v2/apis/{api}/routes", $$"""{"routeKey":"hello","target":"integrations/{{integration}}"}""");
        await SendAsync(HttpMethod.Post, $"v2/apis/{api}/stages", """{"stageName":"prod","autoDeploy":true}""");
        return $"/_aws/execute-api/{api}/prod";
    }

    /// <summary>Resident memory in MB.</summary>
    public double Resident()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1048576.0;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task PrepareRestAsync(int bytes)
    {
        var api = await SendAsync(HttpMethod.Post, "restapis", """{"name":"cached","endpointConfiguration":{"types":["REGIONAL"]}}""");
        var id = api.GetProperty("id").GetString()!;
        var method = $"restapis/{id}/resources/{api.GetProperty("rootResourceId").GetString()}/methods/GET";
        await SendAsync(HttpMethod.Put, method, """{"authorizationType":"NONE"}""");
        await SendAsync(HttpMethod.Put, method + "/responses/200", "{}");
        await SendAsync(HttpMethod.Put, method + "/integration", """{"type":"MOCK","requestTemplates":{"application/json":"{\"statusCode\":200}"}}""");
        await SendAsync(
            HttpMethod.Put, method + "/integration/responses/200", $$$"""{"responseTemplates":{"application/json":"{{{new string('x', bytes)}}}"} }""");
        await SendAsync(HttpMethod.Post, $"restapis/{id}/deployments", """{"stageName":"dev","cacheClusterEnabled":true,"cacheClusterSize":"0.5"}""");
        await SendAsync(HttpMethod.Patch, $"restapis/{id}/stages/dev", """
            {"patchOperations":[{"op":"replace","path":"/*/*/caching/enabled","value":"true"},{"op":"replace","path":"/*/*/throttling/rateLimit","value":"100000000"},
            {"op":"replace","path":"/*/*/throttling/burstLimit","value":"100000000"}]}
            """);
        RestPath = $"/_aws/execute-api/{id}/dev/";
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(method, new Uri(new Uri(Url), path)) { Content = content };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {text}");
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Zip(string code)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("index.js").Open();
            entry.Write(Encoding.UTF8.GetBytes(code));
        }

        return Convert.ToBase64String(bytes.ToArray());
    }
}
