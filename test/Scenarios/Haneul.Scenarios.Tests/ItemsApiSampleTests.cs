using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

public sealed class ItemsApiSampleTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_deploys_with_the_aws_cli_and_does_what_it_says()
    {
        Cloud.NeedsSandbox();
        Skip.Unless(File.Exists(OfficialClients.AwsCli), "The AWS CLI is not here: apt-get install awscli.");
        await Cloud.JavaScriptSdkAsync(Cancel); // says that npm is missing before the sample does
        var environment = new Dictionary<string, string>
        {
            ["ENDPOINT"] = cloud.Url.ToString().TrimEnd('/'),
            ["AWS_CLI"] = OfficialClients.AwsCli,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };
        var output = await Command.RunAsync(Path.Combine(Cloud.Repository, "samples", "items-api", "demo.sh"), [], environment, folder: null, Cancel);
        Assert.Contains("The demo worked", output, StringComparison.Ordinal);
        Assert.Contains("REPORT RequestId", output, StringComparison.Ordinal);
    }
}
