using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestCanaryTests : RestFixture
{
    [Theory]
    [InlineData(100, "canary canary default true")]
    [InlineData(0, "stage default default false")]
    public async Task A_canary_takes_its_part_of_the_traffic(double percent, string expected)
    {
        await DeployAsync([At("/a", ("GET", Method(Say("canary"))))]);
        await DeployAsync(
            [At("/a", ("GET", Method(Say("stage"))))],
            stage: new Stage
            {
                Variables = new Dictionary<string, string> { ["v"] = "default", ["w"] = "default" },
                CanarySettings = new CanarySettings
                {
                    DeploymentId = "dep1", PercentTraffic = percent, StageVariableOverrides = new Dictionary<string, string> { ["v"] = "canary" },
                },
            });
        for (var i = 0; i < 5; i++)
        {
            await ExpectAsync(200, expected, "/a");
        }
    }

    [Fact]
    public async Task Half_is_about_half()
    {
        await DeployAsync([At("/a", ("GET", Method(Say("canary"))))]);
        await DeployAsync([At("/a", ("GET", Method(Say("stage"))))], stage: new Stage { CanarySettings = new CanarySettings { DeploymentId = "dep1", PercentTraffic = 50 } });
        var canaries = 0;
        for (var i = 0; i < 200; i++)
        {
            canaries += (await Http.GetStringAsync(Url("/a"), Cancel)).StartsWith("canary", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(canaries, 60, 140);
    }

    private static RestIntegration Say(string word) => Mock("""{"statusCode": 200}""", new IntegrationResponse
    {
        StatusCode = "200",
        ResponseTemplates = new Dictionary<string, string> { ["application/json"] = word + " $stageVariables.v $stageVariables.w $context.isCanaryRequest" },
    });
}
