using System.Diagnostics;
using System.Text;
using Haneul.Http;
using Haneul.Iam;
using Haneul.Iam.Sts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Gateway.Tests;

/// <summary>What the gateway does for sites: it tells who calls, decides, and calls services for them.</summary>
public sealed class SitePortsTests : IAsyncLifetime
{
    private const string Resource = "arn:aws:execute-api:us-east-1:000000000000:api/stage/GET/thing";

    private HaneulServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await HaneulServer.StartAsync(
        configure: services => services.AddSingleton<IHttpSite, Door>(), modules: [new IamModule(), new StsModule()]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_signed_request_is_its_signers_and_policies_decide()
    {
        var aws = new OfficialClients(_server.Url);
        await aws.AwsAsync(Cancel, "iam", "create-user", "--user-name", "ada");
        var key = (await aws.AwsAsync(Cancel, "iam", "create-access-key", "--user-name", "ada")).GetProperty("AccessKey");
        var user = $"{key.GetProperty("AccessKeyId").GetString()}:{key.GetProperty("SecretAccessKey").GetString()}";

        Assert.Equal(
            $"User: arn:aws:iam::000000000000:user/ada is not authorized to perform: execute-api:Invoke on resource: {Resource} "
            + "because no identity-based policy allows the execute-api:Invoke action",
            await CurlAsync("--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", user));
        var policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}}""";
        await aws.AwsAsync(Cancel, "iam", "put-user-policy", "--user-name", "ada", "--policy-name", "p", "--policy-document", policy);
        Assert.Equal("arn:aws:iam::000000000000:user/ada", await CurlAsync("--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", user, "-d", "a body"));

        Assert.StartsWith("InvalidSignatureException", await CurlAsync("--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", user + "x"), StringComparison.Ordinal);
        Assert.Equal(
            "InvalidSignatureException: Credential should be scoped to correct service: 'execute-api'.",
            await CurlAsync("--aws-sigv4", "aws:amz:us-east-1:lambda", "--user", user));
    }

    [Fact]
    public async Task An_unsigned_request_is_nobodys_even_from_this_machine() =>
        Assert.StartsWith("User: anonymous is not authorized to perform: execute-api:Invoke", await CurlAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task A_service_is_called_by_its_own_protocol_and_answers_in_it()
    {
        var calls = _server.Services.GetRequiredService<IServiceCalls>();
        var root = new CallContext
        {
            Principal = Principal.Root(AccountId.Default),
            Region = Region.Default,
            RequestId = "r",
            Time = TimeProvider.System.GetUtcNow(),
        };
        var made = await calls.CallAsync(Form("iam", "CreateUser", "UserName=eve"), root, Cancel);
        Assert.Equal(200, made.Status);
        Assert.Contains("<Arn>arn:aws:iam::000000000000:user/eve</Arn>", Text(made), StringComparison.Ordinal);

        var twice = await calls.CallAsync(Form("iam", "CreateUser", "UserName=eve"), root, Cancel);
        Assert.Equal(409, twice.Status);
        Assert.Contains("EntityAlreadyExists", Text(twice), StringComparison.Ordinal);
        Assert.Contains("ValidationError", Text(await calls.CallAsync(Form("iam", "CreateUser", "UserName=%20%20"), root, Cancel)), StringComparison.Ordinal);
        Assert.Contains("no operation Fly", Text(await calls.CallAsync(Form("iam", "Fly", ""), root, Cancel)), StringComparison.Ordinal);
        Assert.Contains("does not serve sagemaker", Text(await calls.CallAsync(Form("sagemaker", "CreateApp", ""), root, Cancel)), StringComparison.Ordinal);

        var nobody = new CallContext { Principal = Principal.Anonymous, Region = Region.Default, RequestId = "r", Time = root.Time };
        Assert.Equal(403, (await calls.CallAsync(Form("iam", "ListUsers", ""), nobody, Cancel)).Status);
    }

    private static ServiceRequest Form(string service, string action, string body) => new()
    {
        Service = service,
        Action = action,
        Method = "POST",
        Headers = [new("Content-Type", "application/x-www-form-urlencoded")],
        Body = Encoding.UTF8.GetBytes(body),
    };

    private static string Text(ServiceAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private async Task<string> CurlAsync(params string[] arguments)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["-sS", .. arguments, new Uri(_server.Url, "/door/thing?a=1&b=2").ToString()]) { RedirectStandardOutput = true })!;
        return await curl.StandardOutput.ReadToEndAsync(Cancel);
    }

    private sealed class Door(ISiteCallers callers) : IHttpSite
    {
        public string Name => "door";

        public bool Owns(string host, string rawPath) => rawPath.StartsWith("/door/", StringComparison.Ordinal);

        public async Task HandleAsync(HttpContext http, string requestId)
        {
            var body = await RequestBody.ReadAsync(http.Request, 1000, Cancel);
            var caller = await callers.AuthenticateAsync(http, "execute-api", body, requestId, Cancel);
            var denied = caller.Succeeded
                ? await callers.AuthorizeAsync(
                    caller.Value, "execute-api:Invoke", Resource, ResourceFacts.None, new Dictionary<string, string> { ["aws:SourceVpce"] = "vpce-1" }, Cancel)
                : null;
            var answer = !caller.Succeeded ? $"{caller.Error.Shape.Name}: {caller.Error.Message}" : denied?.Message ?? caller.Value.Principal.Arn;
            await http.Response.WriteAsync(answer, Cancel);
        }
    }
}
