using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Haneul.Integration.Certificates;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Acm.Tests;

public sealed class CertificateTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly FakeUser _user = new();
    private HaneulServer _server = null!;
    private OfficialClients _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await HaneulServer.StartAsync(time: _time, configure: services => services.AddSingleton<ICertificateUsers>(_user), modules: new AcmModule());
        _aws = new OfficialClients(_server.Url);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_request_is_validated_a_moment_later_and_its_chain_holds()
    {
        var arn = await RequestAsync("shop.example.com", "--subject-alternative-names", "*.shop.example.com", "--validation-method", "DNS", "--tags", "Key=a,Value=1");
        var pending = await DescribeAsync(arn);
        Assert.Equal("PENDING_VALIDATION", pending.GetProperty("Status").GetString());
        var record = pending.GetProperty("DomainValidationOptions")[0].GetProperty("ResourceRecord");
        Assert.Equal("CNAME", record.GetProperty("Type").GetString());
        Assert.EndsWith(".shop.example.com.", record.GetProperty("Name").GetString(), StringComparison.Ordinal);
        Assert.Contains("RequestInProgressException", await _aws.AwsRefusedAsync(Cancel, "acm", "get-certificate", "--certificate-arn", arn), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(3));
        var issued = await DescribeAsync(arn);
        Assert.Equal("ISSUED", issued.GetProperty("Status").GetString());
        Assert.Equal("RSA_2048", issued.GetProperty("KeyAlgorithm").GetString());
        Assert.Equal("SUCCESS", issued.GetProperty("DomainValidationOptions")[1].GetProperty("ValidationStatus").GetString());

        var pem = await _aws.AwsAsync(Cancel, "acm", "get-certificate", "--certificate-arn", arn);
        using var certificate = X509Certificate2.CreateFromPem(pem.GetProperty("Certificate").GetString()!);
        using var authority = X509Certificate2.CreateFromPem(pem.GetProperty("CertificateChain").GetString()!);
        using var chain = new X509Chain { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust } };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        Assert.True(chain.Build(certificate));
        Assert.True(certificate.MatchesHostname("shop.example.com"));
        Assert.True(certificate.MatchesHostname("a.shop.example.com"));
        Assert.False(certificate.MatchesHostname("example.com"));
        Assert.Equal("1", (await _aws.AwsAsync(Cancel, "acm", "list-tags-for-certificate", "--certificate-arn", arn)).GetProperty("Tags")[0].GetProperty("Value").GetString());
    }

    [Fact]
    public async Task The_same_token_gives_the_same_certificate_for_an_hour()
    {
        var first = await RequestAsync("a.example.com", "--idempotency-token", "t1");
        Assert.Equal(first, await RequestAsync("a.example.com", "--idempotency-token", "t1"));
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.NotEqual(first, await RequestAsync("a.example.com", "--idempotency-token", "t1"));
    }

    [Theory]
    [InlineData("ValidationException", "--domain-name", "localhost")]
    [InlineData("ValidationException", "--domain-name", "a..b")]
    [InlineData("ValidationException", "--domain-name", "a b.example.com")]
    [InlineData("Haneul does not support ValidationMethod HTTP", "--domain-name", "a.example.com", "--validation-method", "HTTP")]
    [InlineData("Haneul does not support CertificateAuthorityArn", "--domain-name", "a.example.com", "--certificate-authority-arn", "arn:aws:acm-pca:us-east-1:000000000000:certificate-authority/1")]
    [InlineData("LimitExceededException", "--domain-name", "a.example.com", "--subject-alternative-names", "b.example.com", "c.example.com", "d.example.com", "e.example.com", "f.example.com", "g.example.com", "h.example.com", "i.example.com", "j.example.com", "k.example.com")]
    [InlineData("aws: prefixed tag key", "--domain-name", "a.example.com", "--tags", "Key=aws:x,Value=1")]
    public async Task What_cannot_be_requested_is_refused(string error, params string[] arguments) =>
        Assert.Contains(error, await _aws.AwsRefusedAsync(Cancel, ["acm", "request-certificate", .. arguments]), StringComparison.Ordinal);

    [Fact]
    public async Task An_import_is_taken_with_its_key_alone_and_can_be_replaced()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var (certificate, pem) = Make(key, "in.example.com");
        var folder = Directory.CreateTempSubdirectory();
        var files = (Certificate: Path.Combine(folder.FullName, "c.pem"), Key: Path.Combine(folder.FullName, "k.pem"), Wrong: Path.Combine(folder.FullName, "w.pem"));
        await File.WriteAllTextAsync(files.Certificate, certificate, Cancel);
        await File.WriteAllTextAsync(files.Key, pem, Cancel);
        await File.WriteAllTextAsync(files.Wrong, other.ExportPkcs8PrivateKeyPem(), Cancel);
        Assert.Contains(
            "ValidationException",
            await _aws.AwsRefusedAsync(Cancel, "acm", "import-certificate", "--certificate", $"fileb://{files.Certificate}", "--private-key", $"fileb://{files.Wrong}"),
            StringComparison.Ordinal);
        var arn = (await _aws.AwsAsync(Cancel, "acm", "import-certificate", "--certificate", $"fileb://{files.Certificate}", "--private-key", $"fileb://{files.Key}"))
            .GetProperty("CertificateArn").GetString()!;
        var detail = await DescribeAsync(arn);
        Assert.Equal(("IMPORTED", "ISSUED", "in.example.com"), (Text(detail, "Type"), Text(detail, "Status"), Text(detail, "DomainName")));
        var again = await _aws.AwsAsync(
            Cancel, "acm", "import-certificate", "--certificate-arn", arn, "--certificate", $"fileb://{files.Certificate}", "--private-key", $"fileb://{files.Key}");
        Assert.Equal(arn, again.GetProperty("CertificateArn").GetString());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_in_use_is_not_deleted()
    {
        var arn = await RequestAsync("used.example.com");
        _user.Uses = arn;
        Assert.Equal("arn:user", (await DescribeAsync(arn)).GetProperty("InUseBy")[0].GetString());
        Assert.Contains("ResourceInUseException", await _aws.AwsRefusedAsync(Cancel, "acm", "delete-certificate", "--certificate-arn", arn), StringComparison.Ordinal);
        _user.Uses = null;
        await _aws.AwsAsync(Cancel, "acm", "delete-certificate", "--certificate-arn", arn);
        Assert.Contains("ResourceNotFoundException", await _aws.AwsRefusedAsync(Cancel, "acm", "describe-certificate", "--certificate-arn", arn), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_leave_out_elliptic_keys_unless_asked()
    {
        await RequestAsync("one.example.com");
        var elliptic = await RequestAsync("two.example.com", "--key-algorithm", "EC_prime256v1");
        var plain = (await _aws.AwsAsync(Cancel, "acm", "list-certificates")).GetProperty("CertificateSummaryList");
        Assert.Equal("one.example.com", Assert.Single(plain.EnumerateArray()).GetProperty("DomainName").GetString());
        var asked = (await _aws.AwsAsync(Cancel, "acm", "list-certificates", "--includes", "keyTypes=EC_prime256v1")).GetProperty("CertificateSummaryList");
        Assert.Equal(elliptic, Assert.Single(asked.EnumerateArray()).GetProperty("CertificateArn").GetString());
        var page = await _aws.AwsAsync(Cancel, "acm", "list-certificates", "--includes", "keyTypes=EC_prime256v1,RSA_2048", "--max-items", "1");
        Assert.True(page.TryGetProperty("NextToken", out _));
    }

    [Fact]
    public async Task A_certificate_is_renewed_before_it_ends_with_the_same_key()
    {
        var arn = await RequestAsync("renew.example.com");
        _time.Advance(TimeSpan.FromSeconds(3));
        var before = await _aws.AwsAsync(Cancel, "acm", "get-certificate", "--certificate-arn", arn);
        _time.Advance(TimeSpan.FromDays(340));
        await _server.Services.GetRequiredService<RenewalLoop>().RunOnceAsync(Cancel);
        var after = await _aws.AwsAsync(Cancel, "acm", "get-certificate", "--certificate-arn", arn);
        using var old = X509Certificate2.CreateFromPem(before.GetProperty("Certificate").GetString()!);
        using var renewed = X509Certificate2.CreateFromPem(after.GetProperty("Certificate").GetString()!);
        Assert.True(renewed.NotAfter > old.NotAfter);
        Assert.Equal(old.GetPublicKey(), renewed.GetPublicKey());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private (string Certificate, string Key) Make(RSA key, string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(_time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(90));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task<string> RequestAsync(string domain, params string[] more) =>
        (await _aws.AwsAsync(Cancel, ["acm", "request-certificate", "--domain-name", domain, .. more])).GetProperty("CertificateArn").GetString()!;

    private async Task<JsonElement> DescribeAsync(string arn) =>
        (await _aws.AwsAsync(Cancel, "acm", "describe-certificate", "--certificate-arn", arn)).GetProperty("Certificate");

    private sealed class FakeUser : ICertificateUsers
    {
        public string? Uses { get; set; }

        public string? FindCertificate(string host) => null;

        public IReadOnlyList<string> UsesOf(string certificateArn) => certificateArn == Uses ? ["arn:user"] : [];
    }
}
