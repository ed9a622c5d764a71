using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda.Tests;

/// <summary>The clients that people use, from outside and from inside of functions; and what functions are given to sign with.</summary>
public sealed class ClientTests
{
    private const string Aws = "/usr/bin/aws";
    private const string Python = "/usr/bin/python3";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_line_creates_invokes_and_deletes()
    {
        Machine.Needs.Sandboxes();
        Assert.SkipUnless(File.Exists(Aws), "The AWS command line (awscli) is not installed.");
        await using var cloud = await LambdaCloud.StartAsync();
        var directory = Directory.CreateTempSubdirectory("haneul-cli-").FullName;
        try
        {
            var archive = Path.Combine(directory, "code.zip");
            var output = Path.Combine(directory, "out.json");
            await File.WriteAllBytesAsync(archive, LambdaCloud.Zip(("app.py", "def handler(event, context): return {'hello': event['name']}")), Cancel);
            await RunAsync(cloud, Aws, "lambda", "create-function", "--function-name", "f", "--runtime", "python3.11", "--handler", "app.handler",
                "--role", "arn:aws:iam::000000000000:role/r", "--zip-file", "fileb://" + archive);
            await RunAsync(cloud, Aws, "lambda", "wait", "function-active-v2", "--function-name", "f");
            var invoked = await RunAsync(cloud, Aws, "lambda", "invoke", "--function-name", "f", "--cli-binary-format", "raw-in-base64-out",
                "--payload", """{"name":"sky"}""", "--log-type", "Tail", output);
            Assert.Equal("""{"hello": "sky"}""", await File.ReadAllTextAsync(output, Cancel));
            var log = Encoding.UTF8.GetString(Convert.FromBase64String(JsonDocument.Parse(invoked).RootElement.GetProperty("LogResult").GetString()!));
            Assert.StartsWith("START RequestId: ", log);
            await RunAsync(cloud, Aws, "lambda", "delete-function", "--function-name", "f");
            Assert.Equal("[]", JsonDocument.Parse(await RunAsync(cloud, Aws, "lambda", "list-functions")).RootElement.GetProperty("Functions").GetRawText());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Boto3_walks_through_the_life_of_a_function()
    {
        Machine.Needs.Sandboxes();
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/boto3/__init__.py"), "boto3 (python3-boto3) is not installed.");
        await using var cloud = await LambdaCloud.StartAsync();
        var said = await RunAsync(cloud, Python, "-c", """
            import base64, boto3, io, json, os, zipfile
            from botocore.exceptions import ClientError
            client = boto3.client("lambda", endpoint_url=os.environ["ENDPOINT"])
            def archive(source):
                buffer = io.BytesIO()
                with zipfile.ZipFile(buffer, "w") as file:
                    file.writestr("app.py", source)
                return buffer.getvalue()
            client.create_function(FunctionName="f", Runtime="python3.11", Handler="app.handler", Role="arn:aws:iam::000000000000:role/r",
                Code={"ZipFile": archive("def handler(event, context): return context.client_context.custom")}, Publish=True)
            client.get_waiter("function_active_v2").wait(FunctionName="f")
            context = base64.b64encode(json.dumps({"custom": {"k": "v"}}).encode()).decode()
            answer = client.invoke(FunctionName="f:1", Payload=b"{}", ClientContext=context)
            assert json.load(answer["Payload"]) == {"k": "v"} and answer["ExecutedVersion"] == "1", answer
            client.update_function_code(FunctionName="f", ZipFile=archive("def handler(event, context): raise KeyError('x')"))
            client.get_waiter("function_updated_v2").wait(FunctionName="f")
            answer = client.invoke(FunctionName="f", Payload=b"{}")
            assert answer["FunctionError"] == "Unhandled" and json.load(answer["Payload"])["errorType"] == "KeyError", answer
            client.create_alias(FunctionName="f", Name="live", FunctionVersion="1")
            assert client.get_alias(FunctionName="f", Name="live")["FunctionVersion"] == "1"
            assert [v["Version"] for v in client.list_versions_by_function(FunctionName="f")["Versions"]] == ["$LATEST", "1"]
            assert client.get_function_code_signing_config(FunctionName="f").get("CodeSigningConfigArn") is None
            try:
                client.get_function(FunctionName="none")
            except ClientError as error:
                assert error.response["Error"]["Code"] == "ResourceNotFoundException", error
            client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=0)
            try:
                client.invoke(FunctionName="f")
            except client.exceptions.TooManyRequestsException as error:
                assert error.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded", error.response
            client.delete_function(FunctionName="f")
            print("all of it")
            """);
        Assert.Equal("all of it\n", said);
    }

    [Fact]
    public async Task A_function_calls_the_cloud_it_is_in()
    {
        Machine.Needs.Sandboxes();
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/boto3/__init__.py"), "boto3 (python3-boto3) is not installed.");
        await using var cloud = await LambdaCloud.StartAsync(modules: new RolesOfTests());
        await cloud.CreateAsync("inner", "python3.11", "app.handler", "app.py", "def handler(event, context): return event['n'] + 1");
        await cloud.CreateAsync("outer", "python3.11", "app.handler", "app.py", """
            import boto3, json, os
            def handler(event, context):
                client = boto3.client("lambda", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
                answer = client.invoke(FunctionName="inner", Payload=json.dumps(event))
                return [json.load(answer["Payload"]), boto3.Session().get_credentials().access_key]
            """, ""","Timeout":30,"MemorySize":1769""");
        var answer = await cloud.InvokeAsync("outer", """{"n":41}""");
        Assert.True(answer.Error is null, answer.ToString());
        Assert.Equal(42, answer.Json[0].GetInt32());
        Assert.Equal("ASIAROLEOFOUTER00000", answer.Json[1].GetString());
    }

    [Fact]
    public async Task A_function_has_the_credentials_of_its_role_and_a_role_must_trust_lambda()
    {
        Machine.Needs.Sandboxes();
        var roles = new RolesOfTests();
        await using var cloud = await LambdaCloud.StartAsync(modules: roles);
        await cloud.CreateAsync("f", "python3.11", "app.handler", "app.py", """
            import os
            def handler(event, context):
                return [os.environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]
            """);
        Assert.Equal("""["ASIAROLEOFF00000", "secret-of-f", "token-of-f"]""", (await cloud.InvokeAsync("f")).Body);
        Assert.Equal(("lambda.amazonaws.com", "arn:aws:lambda:us-east-1:000000000000:function:f"), roles.Last);
        roles.Trusts = false;
        var (status, body) = await cloud.TryCreateAsync("g", "python3.11", "app.handler", LambdaCloud.Zip(("app.py", "")));
        Assert.Equal(400, status);
        Assert.Equal("The role defined for the function cannot be assumed by Lambda.", body.GetProperty("message").GetString());
    }

    private static async Task<string> RunAsync(LambdaCloud cloud, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in program == Aws ? (string[])["--endpoint-url", cloud.Url.ToString(), "--output", "json", .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["ENDPOINT"] = cloud.Url.ToString();
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["HOME"] = "/nonexistent";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    /// <summary>Stands where IAM would: every role trusts Lambda, or none does.</summary>
    /// <summary>Issues credentials that the gateway knows, for the account's root.</summary>
    private sealed class RolesOfTests : IServiceModule, IRoles, ICredentials
    {
        private readonly ConcurrentDictionary<string, Credential> _issued = new();

        public bool Trusts { get; set; } = true;

        public (string Service, string? Source) Last { get; private set; }

        public ServiceModel Model { get; } = new()
        {
            Id = "test-roles", ServiceId = "Test Roles", SigningName = "test-roles", ActionPrefix = "test", EndpointPrefix = "test-roles", ApiVersion = "1",
            Protocols = [Protocol.AwsJson11], TargetPrefix = "TestRoles", Operations = [],
        };

        public void Register(IServiceCollection services) => services.AddSingleton<IRoles>(this).AddSingleton<ICredentials>(this);

        public void Map(OperationTable operations)
        {
        }

        public ValueTask<Outcome<Credential>> AssumeForServiceAsync(
            string roleArn, string sessionName, string service, string? sourceArn, CallContext origin, CancellationToken cancel)
        {
            Last = (service, sourceArn);
            if (!Trusts)
            {
                return new(CommonErrors.AccessDeniedException.With("no"));
            }

            var credential = new Credential
            {
                AccessKeyId = string.Create(CultureInfo.InvariantCulture, $"ASIAROLEOF{sessionName.ToUpperInvariant()}00000"),
                SecretAccessKey = "secret-of-" + sessionName,
                SessionToken = "token-of-" + sessionName,
                Principal = Principal.Root(AccountId.Default),
                Expires = DateTimeOffset.MaxValue,
            };
            _issued[credential.AccessKeyId] = credential;
            return new(credential);
        }

        public ValueTask<Credential?> FindAsync(string accessKeyId, CancellationToken cancel) => new(_issued.GetValueOrDefault(accessKeyId));
    }
}
