using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Haneul.Acm.Authority;
using Haneul.Integration.Certificates;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Acm.Tests;

/// <summary>TLS on the port of HTTP.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly Names _names = new();
    private HaneulServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _server = await HaneulServer.StartAsync(configure: services => services.AddSingleton<ICertificateUsers>(_names), modules: new AcmModule());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("abc123.execute-api.us-east-1.amazonaws.com")]
    [InlineData("abc123.execute-api.localhost")]
    public async Task Curl_trusts_the_authority_for_the_clouds_own_names(string host)
    {
        var file = await AuthorityAsync();
        var (code, output) = await CurlAsync(host, "--cacert", file);
        Assert.Equal((0, "200"), (code, output));
        Assert.Equal(60, (await CurlAsync(host)).Code);
    }

    [Fact]
    public async Task Http_2_is_spoken_where_the_client_asks_for_it()
    {
        var (code, output) = await CurlAsync("localhost", "--cacert", await AuthorityAsync(), "--http2", "-w", "%{http_code} %{http_version}");
        Assert.Equal((0, "200 2"), (code, output));
    }

    [Fact]
    public async Task A_custom_name_has_its_own_certificate()
    {
        var aws = new OfficialClients(_server.Url);
        _names.Arn = (await aws.AwsAsync(Cancel, "acm", "request-certificate", "--domain-name", "shop.example.com")).GetProperty("CertificateArn").GetString();
        Assert.Equal("CN=shop.example.com", (await HandshakeAsync("shop.example.com")).Subject);
        Assert.Equal("CN=localhost", (await HandshakeAsync("else.example.com")).Subject);
        Assert.Equal((0, "200"), await CurlAsync("shop.example.com", "--cacert", await AuthorityAsync()));
    }

    [Fact]
    public async Task The_aws_cli_works_over_tls()
    {
        var aws = new OfficialClients(new Uri($"https://localhost:{_server.Url.Port}"));
        var list = await aws.AwsAsync(Cancel, "acm", "list-certificates", "--ca-bundle", await AuthorityAsync());
        Assert.Empty(list.GetProperty("CertificateSummaryList").EnumerateArray());
    }

    [Fact]
    public async Task A_broken_handshake_ends_its_connection_alone()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.Url.Port, Cancel);
        await socket.GetStream().WriteAsync(new byte[] { 0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0xff }, Cancel);
        var buffer = new byte[256];
        var read = 1;
        while (read > 0)
        {
            try
            {
                read = await socket.GetStream().ReadAsync(buffer, Cancel);
            }
            catch (IOException)
            {
                read = 0;
            }
        }

        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(_server.Url, "/_haneul/health"), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Plain_http_is_served_when_its_first_bytes_come_late_and_alone()
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _server.Url.Port, Cancel);
        await Task.Delay(50, Cancel);
        foreach (var c in "GET /_haneul/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        {
            await socket.GetStream().WriteAsync(new[] { (byte)c }, Cancel);
        }

        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<X509Certificate2> HandshakeAsync(string host)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.Url.Port, Cancel);
        await using var tls = new SslStream(socket.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, Cancel);
        return new X509Certificate2(tls.RemoteCertificate!);
    }

    private async Task<string> AuthorityAsync()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, _server.Services.GetRequiredService<LocalAuthority>().Chain, Cancel);
        return file;
    }

    private async Task<(int Code, string Output)> CurlAsync(string host, params string[] arguments)
    {
        var port = _server.Url.Port;
        using var curl = Process.Start(new ProcessStartInfo(
            "curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "--connect-to", $"::127.0.0.1:{port}", .. arguments, $"https://{host}:{port}/_haneul/health"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await curl.StandardOutput.ReadToEndAsync(Cancel);
        await curl.WaitForExitAsync(Cancel);
        return (curl.ExitCode, output);
    }

    private sealed class Names : ICertificateUsers
    {
        public string? Arn { get; set; }

        public string? FindCertificate(string host) => host == "shop.example.com" ? Arn : null;

        public IReadOnlyList<string> UsesOf(string certificateArn) => [];
    }
}
