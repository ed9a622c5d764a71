using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

public sealed class NotesApiSampleTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rest_api_keeps_notes_in_a_table_without_a_function()
    {
        Skip.Unless(File.Exists(OfficialClients.AwsCli), "The AWS CLI is not here: apt-get install awscli.");
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
        var output = await Command.RunAsync(Path.Combine(Cloud.Repository, "samples", "notes-api", "demo.sh"), [], environment, folder: null, Cancel);
        Assert.Contains("The demo worked", output, StringComparison.Ordinal);
    }
}
