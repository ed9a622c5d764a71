using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Haneul.Auth;
using Haneul.Iam.Sts;
using Haneul.Kernel.Identity;
using Haneul.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ICredentials = Haneul.Kernel.Identity.ICredentials;

namespace Haneul.Gateway.Tests;

public sealed class AuthenticationTests
{
    private static readonly Credential s_ada = new()
    {
        AccessKeyId = "AKIAADA0000000000001",
        SecretAccessKey = "ada's secret",
        Principal = Principal.Root(AccountId.Parse("111111111111"), "AKIAADA0000000000001"),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AuthMode.Open)]
    [InlineData(AuthMode.Strict)]
    public async Task An_issued_key_speaks_for_its_owner(AuthMode mode)
    {
        await using var server = await StartAsync(s_ada, mode);
        using var sts = Sts(server, new BasicAWSCredentials(s_ada.AccessKeyId, s_ada.SecretAccessKey));
        Assert.Equal("111111111111", (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel)).Account);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_with_what_should_have_been_signed()
    {
        await using var server = await StartAsync(s_ada);
        using var sts = Sts(server, new BasicAWSCredentials(s_ada.AccessKeyId, "guess"));
        var error = await RefusedAsync(sts);
        Assert.Equal("SignatureDoesNotMatch", error.ErrorCode);
        Assert.Equal(HttpStatusCode.Forbidden, error.StatusCode);
        Assert.Contains("The Canonical String for this request should have been\n'POST\n/\n\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inactive_key_is_refused_like_an_unknown_one()
    {
        await using var server = await StartAsync(s_ada with { Active = false });
        using var sts = Sts(server, new BasicAWSCredentials(s_ada.AccessKeyId, s_ada.SecretAccessKey));
        Assert.Equal("InvalidClientTokenId", (await RefusedAsync(sts)).ErrorCode);
    }

    [Fact]
    public async Task A_session_needs_its_token_and_ends()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var session = s_ada with { SessionToken = "token", Expires = time.GetUtcNow().AddMinutes(10) };
        await using var server = await StartAsync(session, time: time);
        using var right = Sts(server, new SessionAWSCredentials(session.AccessKeyId, session.SecretAccessKey, "token"));
        using var wrong = Sts(server, new SessionAWSCredentials(session.AccessKeyId, session.SecretAccessKey, "other"));
        using var without = Sts(server, new BasicAWSCredentials(session.AccessKeyId, session.SecretAccessKey));
        await right.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel);
        Assert.Equal("InvalidClientTokenId", (await RefusedAsync(wrong)).ErrorCode);
        Assert.Equal("InvalidClientTokenId", (await RefusedAsync(without)).ErrorCode);
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("ExpiredToken", (await RefusedAsync(right)).ErrorCode);
    }

    [Theory]
    [InlineData(-20, "Signature not yet current: ")]
    [InlineData(20, "Signature expired: ")]
    public async Task Clocks_may_differ_by_a_quarter_of_an_hour(int minutes, string text)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        await using var server = await StartAsync(s_ada, time: time);
        using var sts = Sts(server, new BasicAWSCredentials(s_ada.AccessKeyId, s_ada.SecretAccessKey));
        var error = await RefusedAsync(sts);
        Assert.Equal("SignatureDoesNotMatch", error.ErrorCode);
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_presigned_url_works_until_it_expires()
    {
        await using var server = await StartAsync(s_ada);
        using var client = new HttpClient();
        var url = Presign(server, "X-Amz-Expires=60");
        using var good = await client.GetAsync(url, Cancel);
        Assert.Contains("<Account>111111111111</Account>", await good.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var forged = await client.GetAsync(new Uri(url.ToString().Replace("X-Amz-Expires=60", "X-Amz-Expires=600", StringComparison.Ordinal)), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
    }

    [Fact]
    public async Task A_body_in_signed_chunks_is_taken_apart_and_verified()
    {
        await using var server = await StartAsync(s_ada);
        using var good = await SendChunksAsync(server, "Action=GetCallerIdentity&Version=2011-06-15", tamper: false);
        Assert.Contains("<Account>111111111111</Account>", await good.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var tampered = await SendChunksAsync(server, "Action=GetCallerIdentity&Version=2011-06-15", tamper: true);
        Assert.Equal(HttpStatusCode.Forbidden, tampered.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("localhost", 200)]
    [InlineData("sts.us-east-1.amazonaws.com", 200)]
    [InlineData("evil.example", 403)]
    public async Task An_unknown_key_counts_only_under_a_name_of_this_machine(string host, int status)
    {
        await using var server = await StartAsync(s_ada);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "?Action=GetCallerIdentity&Version=2011-06-15"));
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Out_of_a_sandbox_only_issued_keys_count()
    {
        await using var server = await StartAsync(s_ada);
        using var own = Sts(server, new BasicAWSCredentials(s_ada.AccessKeyId, s_ada.SecretAccessKey), server.SandboxUrl);
        using var unknown = Sts(server, new BasicAWSCredentials("test", "test"), server.SandboxUrl);
        await own.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel);
        Assert.Equal("InvalidClientTokenId", (await RefusedAsync(unknown)).ErrorCode);
        using var client = new HttpClient();
        using var clock = await client.GetAsync(new Uri(server.SandboxUrl, "_haneul/clock"), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, clock.StatusCode);
    }

    [Fact]
    public async Task Without_a_signature_the_strict_mode_asks_for_one()
    {
        await using var server = await StartAsync(s_ada, AuthMode.Strict);
        using var client = new HttpClient();
        using var form = new StringContent("Action=GetCallerIdentity&Version=2011-06-15", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = form };
        request.Headers.Host = "sts.us-east-1.amazonaws.com";
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("<Code>MissingAuthenticationToken</Code>", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static Task<HaneulServer> StartAsync(Credential credential, AuthMode mode = AuthMode.Open, TimeProvider? time = null) => HaneulServer.StartAsync(
        new GatewayOptions { Auth = mode }, time, services => services.AddSingleton<ICredentials>(new OneCredential(credential)), new StsModule());

    private static AmazonSecurityTokenServiceClient Sts(HaneulServer server, AWSCredentials credentials, Uri? url = null) => new(
        credentials,
        new AmazonSecurityTokenServiceConfig { ServiceURL = (url ?? server.Url).ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    private static Task<AmazonSecurityTokenServiceException> RefusedAsync(AmazonSecurityTokenServiceClient sts) =>
        Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel));

    private static Uri Presign(HaneulServer server, string expires)
    {
        var now = SignatureParts.Format(TimeProvider.System.GetUtcNow());
        var scope = $"{now[..8]}/us-east-1/sts/aws4_request";
        var query = $"Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={s_ada.AccessKeyId}%2F"
            + $"{scope.Replace("/", "%2F", StringComparison.Ordinal)}&X-Amz-Date={now}&{expires}&X-Amz-SignedHeaders=host";
        var canonical = $"GET\n/\n{query}\nhost:{server.Url.Authority}\n\nhost\n{SigV4.EmptyHash}";
        return new Uri(server.Url, $"?{query}&X-Amz-Signature={Sign(now, scope, canonical)}");
    }

    private static async Task<HttpResponseMessage> SendChunksAsync(HaneulServer server, string body, bool tamper)
    {
        var now = SignatureParts.Format(TimeProvider.System.GetUtcNow());
        var scope = $"{now[..8]}/us-east-1/sts/aws4_request";
        var canonical = $"POST\n/\n\nhost:{server.Url.Authority}\nx-amz-content-sha256:{ChunkedPayload.Signed}\nx-amz-date:{now}\n\n"
            + $"host;x-amz-content-sha256;x-amz-date\n{ChunkedPayload.Signed}";
        var seed = Sign(now, scope, canonical);
        var first = Chunk(seed, body);
        var last = Chunk(first, "");
        var framed = $"{body.Length:x};chunk-signature={first}\r\n{(tamper ? body.Replace("Get", "get", StringComparison.Ordinal) : body)}\r\n0;chunk-signature={last}\r\n\r\n";
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url)
        {
            Content = new StringContent(framed, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Content.Headers.Add("Content-Encoding", "aws-chunked");
        request.Headers.Add("x-amz-date", now);
        request.Headers.Add("x-amz-content-sha256", ChunkedPayload.Signed);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={s_ada.AccessKeyId}/{scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={seed}");
        return await client.SendAsync(request, Cancel);

        string Chunk(string previous, string data) =>
            Hmac(now, scope, $"AWS4-HMAC-SHA256-PAYLOAD\n{now}\n{scope}\n{previous}\n{SigV4.EmptyHash}\n{Sha(data)}");
    }

    private static string Sign(string now, string scope, string canonical) => Hmac(now, scope, $"AWS4-HMAC-SHA256\n{now}\n{scope}\n{Sha(canonical)}");

    private static string Hmac(string now, string scope, string text)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + s_ada.SecretAccessKey);
        foreach (var part in (string[])[now[..8], .. scope.Split('/')[1..]])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class OneCredential(Credential credential) : ICredentials
    {
        public ValueTask<Credential?> FindAsync(string accessKeyId, CancellationToken cancel) =>
            new(accessKeyId == credential.AccessKeyId ? credential : null);
    }
}
