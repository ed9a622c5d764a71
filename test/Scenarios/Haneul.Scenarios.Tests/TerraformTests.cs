using System.IO.Compression;
using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

/// <summary>Terraform with its AWS provider, on machines that have both: neither comes from a package registry.</summary>
public sealed class TerraformTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_is_applied_planned_without_changes_and_destroyed()
    {
        var program = Find();
        Skip.Unless(program is not null, "Terraform is not on this machine.");
        Skip.Unless(Mirror() is not null, "Terraform's AWS provider is not in a local mirror of this machine.");
        Cloud.NeedsSandbox();
        var folder = Directory.CreateTempSubdirectory("haneul-terraform-");
        try
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "terraform", "main.tf"), Path.Combine(folder.FullName, "main.tf"));
            var settings = Path.Combine(folder.FullName, "settings.tfrc");
            await File.WriteAllTextAsync(settings, $"provider_installation {{\n  filesystem_mirror {{ path = \"{Mirror()}\" }}\n}}\n", Cancel);
            WriteFunction(Path.Combine(folder.FullName, "fn.zip"));
            var environment = new Dictionary<string, string>
            {
                ["TF_CLI_CONFIG_FILE"] = settings,
                ["AWS_ENDPOINT_URL"] = cloud.Url.ToString().TrimEnd('/'),
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_SESSION_TOKEN"] = "",
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
                ["CHECKPOINT_DISABLE"] = "1",
            };
            Task<string> Terraform(params string[] arguments) => Command.RunAsync(program!, arguments, environment, folder.FullName, Cancel);

            await Terraform("init", "-input=false", "-no-color");
            Assert.Contains("Resources: 10 added", await Terraform("apply", "-auto-approve", "-input=false", "-no-color"), StringComparison.Ordinal);
            using var client = new HttpClient();
            var api = await Terraform("output", "-raw", "api");
            Assert.Equal("hello", await client.GetStringAsync(new Uri(cloud.Url, $"_aws/execute-api/{api}/$default/hello"), Cancel));
            Assert.Contains("No changes.", await Terraform("plan", "-detailed-exitcode", "-input=false", "-no-color"), StringComparison.Ordinal);
            Assert.Contains("Resources: 10 destroyed", await Terraform("destroy", "-auto-approve", "-input=false", "-no-color"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteFunction(string path)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry("index.mjs").Open());
        writer.Write("export const handler = async () => ({ statusCode: 200, body: 'hello' });");
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "terraform")).FirstOrDefault(File.Exists);

    // Terraform's own places for mirrors, and folders of add-on software.
    private static string? Mirror() => ((string[])["/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"])
        .Concat(Directory.Exists("/opt") ? Directory.GetDirectories("/opt") : [])
        .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "registry.terraform.io", "hashicorp", "aws")));
}
