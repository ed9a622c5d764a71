using System.Security.Cryptography.X509Certificates;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Settings of the account, tags, client certificates and documentation.</summary>
public sealed class RestAccountTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task With_a_role_stages_may_log()
    {
        Assert.Equal(10000, (await _cloud.GetAsync("/account")).GetProperty("throttleSettings").GetProperty("rateLimit").GetDouble());
        Assert.Equal("400 BadRequestException: Invalid ARN specified in the request", await _cloud.PatchRefusedAsync("/account", "replace /cloudwatchRoleArn x"));
        const string role = "arn:aws:iam::000000000000:role/logs";
        Assert.Equal(role, (await _cloud.PatchAsync("/account", $"replace /cloudwatchRoleArn {role}")).GetProperty("cloudwatchRoleArn").GetString());
        var (api, _, _) = await _cloud.DeployedApiAsync();
        await _cloud.DeployAsync(api, """{"stageName":"s"}""");
        var stage = await _cloud.PatchAsync($"/restapis/{api}/stages/s", "replace /*/*/logging/loglevel INFO", "replace /~1pets/GET/logging/dataTrace true");
        Assert.Equal("INFO", stage.GetProperty("methodSettings").GetProperty("~1pets/GET").GetProperty("loggingLevel").GetString());
    }

    [Fact]
    public async Task Tags_are_given_and_taken()
    {
        var (api, _, _) = await _cloud.DeployedApiAsync();
        await _cloud.DeployAsync(api, """{"stageName":"s"}""");
        foreach (var path in new[] { $"/restapis/{api}", $"/restapis/{api}/stages/s" })
        {
            var arn = "/tags/" + Uri.EscapeDataString("arn:aws:apigateway:us-east-1::" + path);
            await _cloud.PutAsync(arn, """{"tags":{"a":"1","b":"2"} }""", 204);
            Assert.Equal("""{"a":"1","b":"2"}""", (await _cloud.GetAsync(arn)).GetProperty("tags").GetRawText());
            await _cloud.DeleteAsync(arn + "?tagKeys=a", 204);
            Assert.Equal("""{"b":"2"}""", (await _cloud.GetAsync(path)).GetProperty("tags").GetRawText());
        }

        Assert.StartsWith("400 BadRequestException: ", await _cloud.RefusedAsync(HttpMethod.Get, "/tags/nonsense"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_is_a_real_one()
    {
        var made = await _cloud.PostAsync("/clientcertificates", """{"description":"d"}""");
        using var certificate = X509Certificate2.CreateFromPem(made.GetProperty("pemEncodedCertificate").GetString()!);
        Assert.Equal(365, (certificate.NotAfter - certificate.NotBefore).TotalDays);
        var path = "/clientcertificates/" + made.GetProperty("clientCertificateId").GetString();
        Assert.Equal("e", (await _cloud.PatchAsync(path, "replace /description e")).GetProperty("description").GetString());
        Assert.False((await _cloud.GetAsync(path)).TryGetProperty("privateKey", out _));
        await _cloud.DeleteAsync(path);
        Assert.Equal("404 NotFoundException: Invalid Client Certificate identifier specified", await _cloud.RefusedAsync(HttpMethod.Get, path));
    }

    [Fact]
    public async Task Documentation_is_written_and_frozen()
    {
        var (api, _, deployment) = await _cloud.DeployedApiAsync();
        var parts = $"/restapis/{api}/documentation/parts";
        var part = await _cloud.PostAsync(parts, """{"location":{"type":"API"},"properties":"{\"description\":\"a\"}"}""");
        var path = $"{parts}/{part.GetProperty("id").GetString()}";
        Assert.Equal("""{"description":"a"}""", (await _cloud.GetAsync(path)).GetProperty("properties").GetString());
        await _cloud.PatchAsync(path, """replace /properties {"description":"b"}""");
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/properties]",
            await _cloud.PatchRefusedAsync(path, "replace /invalidPath x"));
        Assert.StartsWith(
            "400 ValidationException: 1 validation error detected: Value 'INVALID' at 'createDocumentationPartInput.location.type' failed to satisfy constraint",
            await _cloud.RefusedAsync(HttpMethod.Post, parts, """{"location":{"type":"INVALID"},"properties":"{}"}"""), StringComparison.Ordinal);
        Assert.Contains(
            (await _cloud.GetAsync(parts + "?locationStatus=UNDOCUMENTED")).GetProperty("item").EnumerateArray(),
            place => place.GetProperty("location").GetProperty("type").GetString() == "METHOD");

        var versions = $"/restapis/{api}/documentation/versions";
        Assert.Equal("v1", (await _cloud.PostAsync(versions, """{"documentationVersion":"v1"}""")).GetProperty("version").GetString());
        Assert.Equal("d", (await _cloud.PatchAsync(versions + "/v1", "replace /description d")).GetProperty("description").GetString());
        var stage = await _cloud.PostAsync(
            $"/restapis/{api}/stages", $$"""{"stageName":"s1","deploymentId":"{{deployment}}","documentationVersion":"v1"}""");
        Assert.Equal("v1", stage.GetProperty("documentationVersion").GetString());
        await _cloud.DeleteAsync(path);
        Assert.Equal("404 NotFoundException: Invalid Documentation part identifier specified", await _cloud.RefusedAsync(HttpMethod.Delete, path));
        await _cloud.DeleteAsync(versions + "/v1");
    }
}
