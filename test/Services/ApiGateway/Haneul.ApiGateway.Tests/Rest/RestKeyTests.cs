using Haneul.ApiGateway.Contracts.V1;
using Haneul.Testing.Clients;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestKeyTests : RestFixture
{
    private const string Forbidden = """{"message":"Forbidden"}""";

    [Fact]
    public async Task A_key_must_be_in_a_plan_of_the_stage_and_within_its_limits()
    {
        await DeployAsync([At("/a", ("GET", Keyed(Mock())))]);
        var aws = new OfficialClients(Server.Url);
        Task<System.Text.Json.JsonElement> ApiAsync(params string[] arguments) => aws.AwsAsync(Cancel, ["apigateway", .. arguments]);
        var key = await ApiAsync("create-api-key", "--name", "k", "--enabled");
        var (id, value) = (key.GetProperty("id").GetString()!, key.GetProperty("value").GetString()!);
        await ExpectKeyAsync(403, Forbidden, null);
        await ExpectKeyAsync(403, Forbidden, value);
        var plan = (await ApiAsync(
            "create-usage-plan", "--name", "p", "--api-stages", $"apiId={ApiId},stage=dev", "--throttle", "burstLimit=3,rateLimit=1",
            "--quota", "limit=4,period=DAY")).GetProperty("id").GetString()!;
        await ApiAsync("create-usage-plan-key", "--usage-plan-id", plan, "--key-id", id, "--key-type", "API_KEY");
        for (var i = 0; i < 3; i++)
        {
            await ExpectKeyAsync(200, "", value);
        }

        await ExpectKeyAsync(429, """{"message":"Too Many Requests"}""", value);
        Time.Advance(TimeSpan.FromSeconds(10));
        await ExpectKeyAsync(200, "", value);
        await ExpectKeyAsync(429, """{"message":"Limit Exceeded"}""", value);
        Time.Advance(TimeSpan.FromDays(1));
        await ExpectKeyAsync(200, "", value);
        await ApiAsync("update-api-key", "--api-key", id, "--patch-operations", "op=replace,path=/enabled,value=false");
        await ExpectKeyAsync(403, Forbidden, value);
    }

    private static Method Keyed(RestIntegration integration) => new()
    {
        HttpMethod = "GET", AuthorizationType = "NONE", ApiKeyRequired = true, MethodIntegration = integration,
    };

    private async Task ExpectKeyAsync(int status, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url("/a"));
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        using var response = await Http.SendAsync(request, Cancel);
        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
    }
}
