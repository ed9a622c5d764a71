using System.Text.Json;

namespace Haneul.Testing.Clients;

/// <summary>AWS's own clients, as Debian packages them. A test whose client is not on the machine is skipped and says so.</summary>
public sealed class OfficialClients(Uri endpoint, string key = "test", string secret = "test", string? token = null)
{
    public const string AwsCli = "/usr/bin/aws";
    public const string Python = "/usr/bin/python3";

    private readonly Dictionary<string, string> _environment = new()
    {
        ["AWS_ACCESS_KEY_ID"] = key,
        ["AWS_SECRET_ACCESS_KEY"] = secret,
        ["AWS_SESSION_TOKEN"] = token ?? "",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
        ["ENDPOINT"] = endpoint.ToString().TrimEnd('/'),
        ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
    };

    /// <summary>Runs the AWS CLI; its answer as JSON, undefined if it printed nothing.</summary>
    /// <exception cref="InvalidOperationException">The call failed; the message holds the CLI's words.</exception>
    public async Task<JsonElement> AwsAsync(CancellationToken cancel, params IEnumerable<string> arguments)
    {
        Skip.Unless(File.Exists(AwsCli), "The AWS CLI is not here: apt-get install awscli.");
        var output = await Command.RunAsync(
            AwsCli, ["--endpoint-url", _environment["ENDPOINT"], "--output", "json", .. arguments], _environment, folder: null, cancel);
        return string.IsNullOrWhiteSpace(output) ? default : JsonDocument.Parse(output).RootElement;
    }

    /// <summary>The words of a call that the AWS CLI reports as failed.</summary>
    public async Task<string> AwsRefusedAsync(CancellationToken cancel, params IEnumerable<string> arguments)
    {
        try
        {
            var answer = await AwsAsync(cancel, arguments);
            throw new ArgumentException($"The call was to fail and answered {answer}.", nameof(arguments));
        }
        catch (InvalidOperationException exception) when (!Skip.Is(exception))
        {
            return exception.Message;
        }
    }

    /// <summary>Runs a Python script; boto3 finds keys and region in the environment, the endpoint is in <c>ENDPOINT</c>.</summary>
    public async Task<string> PythonAsync(string script, CancellationToken cancel, string python = Python)
    {
        var (status, _, _) = await Command.TryAsync(python, ["-c", "import boto3"], _environment, folder: null, cancel);
        Skip.Unless(status == 0, "boto3 is not here: apt-get install python3-boto3.");
        return await Command.RunAsync(python, ["-c", script], _environment, folder: null, cancel);
    }

    /// <summary>Runs a script with Node.js in a folder that has its packages.</summary>
    public Task<string> NodeAsync(string script, string folder, CancellationToken cancel) =>
        Command.RunAsync("node", ["--input-type=module", "-e", script], _environment, folder, cancel);
}
