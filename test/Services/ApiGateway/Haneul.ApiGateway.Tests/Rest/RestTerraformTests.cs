using Haneul.Testing.Clients;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Terraform's AWS provider makes, changes and destroys everything that a REST API has: it reads back what it wrote, to the letter.</summary>
public sealed class RestTerraformTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task An_api_is_applied_changed_planned_without_changes_and_destroyed()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, "terraform")).FirstOrDefault(File.Exists);
        Skip.Unless(program is not null, "Terraform is not on this machine.");
        var mirror = ((string[])["/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"])
            .Concat(Directory.Exists("/opt") ? Directory.GetDirectories("/opt") : [])
            .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "registry.terraform.io", "hashicorp", "aws")));
        Skip.Unless(mirror is not null, "Terraform's AWS provider is not in a local mirror of this machine.");
        var folder = Directory.CreateTempSubdirectory("haneul-terraform-");
        try
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "terraform", "main.tf"), Path.Combine(folder.FullName, "main.tf"));
            var settings = Path.Combine(folder.FullName, "settings.tfrc");
            await File.WriteAllTextAsync(settings, $"provider_installation {{\n  filesystem_mirror {{ path = \"{mirror}\" }}\n}}\n", Cancel);
            var environment = new Dictionary<string, string>
            {
                ["TF_CLI_CONFIG_FILE"] = settings,
                ["AWS_ENDPOINT_URL"] = _cloud.Url.ToString().TrimEnd('/'),
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_SESSION_TOKEN"] = "",
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
                ["CHECKPOINT_DISABLE"] = "1",
            };
            Task<string> Terraform(params string[] arguments) => Command.RunAsync(
                program!, [arguments[0], .. arguments[1..], "-input=false", "-no-color"], environment, folder.FullName, Cancel);

            await Terraform("init");
            Assert.Contains("Resources: 21 added", await Terraform("apply", "-auto-approve"), StringComparison.Ordinal);
            Assert.Contains("No changes.", await Terraform("plan", "-detailed-exitcode"), StringComparison.Ordinal);
            Assert.Contains("Resources: 0 added, 6 changed, 0 destroyed", await Terraform("apply", "-auto-approve", "-var=size=20"), StringComparison.Ordinal);
            Assert.Contains("No changes.", await Terraform("plan", "-detailed-exitcode", "-var=size=20"), StringComparison.Ordinal);
            Assert.Contains("Resources: 21 destroyed", await Terraform("destroy", "-auto-approve"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
