using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SQS;
using Haneul.Iam.Sts;
using Haneul.Kernel.Time;
using Haneul.Testing;

namespace Haneul.Gateway.Tests;

public sealed class PipelineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_official_client_learns_who_it_is()
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var sts = Sts(server, "test");
        var identity = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel);
        Assert.Equal("000000000000", identity.Account);
        Assert.Equal("arn:aws:iam::000000000000:root", identity.Arn);
    }

    [Fact]
    public async Task A_key_of_twelve_digits_names_the_account()
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var sts = Sts(server, "123456789012");
        Assert.Equal("123456789012", (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel)).Account);
    }

    [Fact]
    public async Task An_unserved_operation_says_that_it_is_not_supported()
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var sts = Sts(server, "test");
        var error = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => sts.DecodeAuthorizationMessageAsync(new DecodeAuthorizationMessageRequest { EncodedMessage = "x" }, Cancel));
        Assert.Equal("NotImplemented", error.ErrorCode);
        Assert.Contains("STS DecodeAuthorizationMessage", error.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotImplemented, error.StatusCode);
    }

    [Fact]
    public async Task An_unserved_service_says_so_in_the_clients_protocol()
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonSQSConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.ListQueuesAsync("", Cancel));
        Assert.Contains("does not serve sqs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_mode_refuses_unknown_keys()
    {
        await using var server = await HaneulServer.StartAsync(new GatewayOptions { Auth = AuthMode.Strict }, modules: new StsModule());
        using var sts = Sts(server, "test");
        var error = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel));
        Assert.Equal("InvalidClientTokenId", error.ErrorCode);
        Assert.Equal(HttpStatusCode.Forbidden, error.StatusCode);
    }

    [Theory]
    [InlineData("Action=Nope&Version=2011-06-15", 400, "InvalidAction")]
    [InlineData("Version=2011-06-15", 400, "MissingAction")]
    [InlineData("Action=%zz", 400, "SerializationError")]
    [InlineData("Action=%ff", 400, "SerializationError")]
    public async Task Bad_forms_get_an_error_in_xml(string form, int status, string code)
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var response = await SendAsync(server, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_was_announced_or_not()
    {
        await using var server = await HaneulServer.StartAsync(new GatewayOptions { MaxBody = 1000 }, modules: new StsModule());
        using var announced = await SendAsync(server, new ByteArrayContent(new byte[2000]));
        Assert.Equal(413, (int)announced.StatusCode);
        using var streamed = await SendAsync(server, new StreamContent(new Unsized(new byte[2000])));
        Assert.Equal(413, (int)streamed.StatusCode);
    }

    [Fact]
    public async Task A_checksum_that_does_not_match_is_refused()
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var content = new StringContent("Action=GetCallerIdentity&Version=2011-06-15");
        content.Headers.Add("x-amz-checksum-crc32", "AAAAAA==");
        using var response = await SendAsync(server, content);
        Assert.Contains("BadDigest", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("http://localhost:3000", 204)]
    public async Task Only_local_pages_may_call(string origin, int status)
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, server.Url);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("_haneul/health")]
    [InlineData("_localstack/health")]
    public async Task Health_lists_the_services(string path)
    {
        await using var server = await HaneulServer.StartAsync(modules: new StsModule());
        using var client = new HttpClient();
        Assert.Contains("\"sts\":\"running\"", await client.GetStringAsync(new Uri(server.Url, path), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_freezes_and_advances_the_clock()
    {
        var clock = new CloudClock(TimeProvider.System);
        await using var server = await HaneulServer.StartAsync(time: clock, modules: new StsModule());
        using var client = new HttpClient();
        using var frozen = await client.PostAsync(new Uri(server.Url, "_haneul/clock?action=freeze"), content: null, Cancel);
        Assert.Contains("\"frozen\":true", await frozen.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var before = clock.GetUtcNow();
        using var advanced = await client.PostAsync(new Uri(server.Url, "_haneul/clock?action=advance&seconds=10800"), content: null, Cancel);
        Assert.Equal(TimeSpan.FromHours(3), clock.GetUtcNow() - before);
        using var bad = await client.PostAsync(new Uri(server.Url, "_haneul/clock?action=advance&seconds=-1"), content: null, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "_haneul/clock?action=resume"));
        request.Headers.Add("Origin", "http://localhost:3000");
        using var page = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.True(clock.IsFrozen);
    }

    private static AmazonSecurityTokenServiceClient Sts(HaneulServer server, string key) => new(
        new BasicAWSCredentials(key, "secret"),
        new AmazonSecurityTokenServiceConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    private static async Task<HttpResponseMessage> SendAsync(HaneulServer server, HttpContent content)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00");
        return await client.SendAsync(request, Cancel);
    }

    /// <summary>A stream that does not tell its length, so that it is sent in chunks.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
