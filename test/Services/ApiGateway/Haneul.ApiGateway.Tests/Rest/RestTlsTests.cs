using System.Net;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.Testing.Clients;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestTlsTests : RestFixture
{
    [Fact]
    public async Task Endpoints_are_verified_unless_only_their_issuer_is_unknown_and_that_is_allowed()
    {
        using var known = new TlsEndpoint(IPAddress.Loopback);
        using var other = new TlsEndpoint(IPAddress.Parse("192.0.2.1"));
        await DeployAsync(
        [
            At("/strict", ("GET", Method(Endpoint(known.Url, skip: false)))), At("/skip", ("GET", Method(Endpoint(known.Url, skip: true)))),
            At("/other", ("GET", Method(Endpoint(other.Url, skip: true)))),
        ]);
        using var strict = await GetAsync("/strict");
        Assert.Equal(504, (int)strict.StatusCode);
        await ExpectAsync(200, "nobody", "/skip");
        using var name = await GetAsync("/other");
        Assert.Equal(504, (int)name.StatusCode);
    }

    [Fact]
    public async Task A_stage_shows_its_certificate()
    {
        using var endpoint = new TlsEndpoint(IPAddress.Loopback);
        var certificate = await new OfficialClients(Server.Url).AwsAsync(Cancel, "apigateway", "generate-client-certificate");
        await DeployAsync(
            [At("/a", ("GET", Method(Endpoint(endpoint.Url, skip: true))))],
            stage: new Stage { ClientCertificateId = certificate.GetProperty("clientCertificateId").GetString() });
        using var response = await GetAsync("/a");
        Assert.Contains("CN=ApiGateway", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static RestIntegration Endpoint(string url, bool skip) => new()
    {
        Type = "HTTP_PROXY", HttpMethod = "GET", Uri = url, TlsConfig = new TlsConfig { InsecureSkipVerification = skip },
    };
}
