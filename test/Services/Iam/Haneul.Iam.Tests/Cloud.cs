using System.Diagnostics;
using System.Text.Json;
using Haneul.Gateway;
using Haneul.Iam.Sts;
using Haneul.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Iam.Tests;

/// <summary>A cloud with IAM and STS, and the official command line to use it with.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    public const string Account = "000000000000";

    private Cloud(HaneulServer server, FakeTimeProvider time)
    {
        Server = server;
        Time = time;
    }

    public HaneulServer Server { get; }

    /// <summary>Starts at the machine's time, since clients sign with that.</summary>
    public FakeTimeProvider Time { get; }

    public static async Task<Cloud> StartAsync(GatewayOptions? options = null, Action<IServiceCollection>? configure = null)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        return new Cloud(await HaneulServer.StartAsync(options, time, configure, new IamModule(), new StsModule()), time);
    }

    /// <summary>Runs a program of boto3 calls: <c>iam</c> and <c>sts</c> are the administrator's clients, <c>client(name, key...)</c> makes others.</summary>
    /// <returns>What the program prints.</returns>
    public async Task<string> PythonAsync(string program, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-");
        start.Environment["ENDPOINT"] = Server.Url.ToString();
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(Prelude + program);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).ReplaceLineEndings("\n").TrimEnd();
    }

    public async Task<JsonDocument> ExplainAsync(string requestId, CancellationToken cancel)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri(Server.Url, "/_haneul/explain?id=" + requestId), cancel));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private const string Prelude =
        """
        import json, os, boto3, botocore
        from botocore.exceptions import ClientError
        A = '000000000000'
        config = botocore.config.Config(retries={'max_attempts': 0})
        def client(service, key='test', secret='test', token=None):
            return boto3.client(service, endpoint_url=os.environ['ENDPOINT'], region_name='us-east-1', config=config,
                aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)
        def of(credentials, service):
            return client(service, credentials['AccessKeyId'], credentials['SecretAccessKey'], credentials.get('SessionToken'))
        def refused(call, *args, **named):
            try:
                call(*args, **named)
                print('NOT REFUSED')
            except ClientError as error:
                print(error.response['Error']['Code'] + ': ' + error.response['Error']['Message'])
                return error.response['ResponseMetadata']['RequestId']
        def policy(action, resource='*', effect='Allow', **more):
            return json.dumps({'Version': '2012-10-17', 'Statement': [dict(Effect=effect, Action=action, Resource=resource, **more)]})
        def trust(principal, action='sts:AssumeRole', **more):
            return json.dumps({'Version': '2012-10-17', 'Statement': [dict(Effect='Allow', Principal=principal, Action=action, **more)]})
        def user(name, *policies):
            iam.create_user(UserName=name)
            for i, text in enumerate(policies):
                iam.put_user_policy(UserName=name, PolicyName=f'p{i}', PolicyDocument=text)
            return iam.create_access_key(UserName=name)['AccessKey']
        iam = client('iam')
        sts = client('sts')

        """;
}
