using System.Threading.Channels;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.Integration;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestReportTests : RestFixture
{
    private const string Role = "arn:aws:iam::000000000000:role/logs";

    private readonly FakeMetrics _metrics = new();
    private readonly FakeLogs _logs = new();

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddSingleton<IMetrics>(_metrics).AddSingleton<ILogSink>(_logs).AddSingleton<IRoles, FakeRoles>();
    }

    [Fact]
    public async Task Requests_are_counted_by_api_stage_and_method()
    {
        await DeployAsync(
            [At("/a", ("GET", Method(Mock()))), At("/bad", ("GET", Method(Mock("{}"))))],
            stage: new Stage
            {
                CacheClusterEnabled = true,
                MethodSettings = new Dictionary<string, MethodSetting> { ["a/GET"] = new() { MetricsEnabled = true, CachingEnabled = true } },
            });
        await ExpectAsync(200, "", "/a");
        await ExpectAsync(200, "", "/a");
        using var missing = await GetAsync("/none");
        using var bad = await GetAsync("/bad");
        await Server.Services.GetRequiredService<MetricReporter>().ReportAsync(Cancel);
        Assert.Equal(4, _metrics.Sum("Count", "ApiName=test"));
        Assert.Equal(1, _metrics.Sum("4XXError", "ApiName=test,Stage=dev"));
        Assert.Equal(1, _metrics.Sum("5XXError", "ApiName=test,Stage=dev"));
        Assert.Equal(2, _metrics.Sum("Count", "ApiName=test,Stage=dev,Method=GET,Resource=/a"));
        Assert.Equal((1, 1), (_metrics.Sum("CacheHitCount", "ApiName=test,Stage=dev"), _metrics.Sum("CacheMissCount", "ApiName=test,Stage=dev")));
        Assert.Equal(-1, _metrics.Sum("Count", "ApiName=test,Stage=dev,Method=GET,Resource=/bad"));
        Assert.InRange(_metrics.Sum("Latency", "ApiName=test"), 0, double.MaxValue);
    }

    [Fact]
    public async Task Execution_logs_are_written_as_the_accounts_role()
    {
        await DeployAsync(
            [At("/a", ("GET", Method(Mock()))), At("/bad", ("GET", Method(Mock("{}")))), At("/off", ("GET", Method(Mock())))],
            stage: new Stage
            {
                MethodSettings = new Dictionary<string, MethodSetting>
                {
                    ["*/*"] = new() { LoggingLevel = "ERROR" }, ["a/GET"] = new() { LoggingLevel = "INFO", DataTraceEnabled = true }, ["off/GET"] = new() { LoggingLevel = "OFF" },
                },
            });
        await ExpectAsync(200, "", "/a");
        Assert.True(_logs.IsEmpty);
        await StoreAsync(
            ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Accounts, "000000000000", "us-east-1"),
            StoredJson.Encode(new Contracts.V1.Account { CloudwatchRoleArn = Role }, RestRecords.Default.Account));
        using var request = new HttpRequestMessage(HttpMethod.Get, Url("/a"));
        request.Headers.Add("Authorization", "secret-token");
        using var response = await Http.SendAsync(request, Cancel);
        var (group, lines, writer) = await _logs.NextAsync(Cancel);
        Assert.Equal($"API-Gateway-Execution-Logs_{ApiId}/dev", group);
        Assert.Equal("arn:aws:sts::000000000000:assumed-role/logs/BackplaneAssumeRoleSession", writer);
        var id = response.Headers.GetValues("x-amzn-RequestId").Single();
        Assert.All(lines, line => Assert.StartsWith($"({id}) ", line, StringComparison.Ordinal));
        Assert.Contains($"({id}) HTTP Method: GET, Resource Path: /a", lines);
        Assert.Contains($"({id}) Method completed with status: 200", lines);
        Assert.DoesNotContain("secret-token", string.Join('\n', lines), StringComparison.Ordinal);

        await ExpectAsync(200, "", "/off");
        using var bad = await GetAsync("/bad");
        var (_, errors, _) = await _logs.NextAsync(Cancel);
        Assert.Contains("Unable to parse statusCode", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_logs_have_the_stages_format()
    {
        await DeployAsync(
            [At("/a/{id}", ("GET", Method(Mock())))],
            stage: new Stage
            {
                AccessLogSettings = new AccessLogSettings
                {
                    DestinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:access",
                    Format = "$context.requestId $context.httpMethod $context.resourcePath $context.status $context.responseLength $context.error.message $context.identity.userAgent",
                },
            });
        using var request = new HttpRequestMessage(HttpMethod.Get, Url("/a/7"));
        request.Headers.TryAddWithoutValidation("User-Agent", "a\"b");
        using var response = await Http.SendAsync(request, Cancel);
        var (group, lines, _) = await _logs.NextAsync(Cancel);
        Assert.Equal("access", group);
        Assert.Equal([$"{response.Headers.GetValues("x-amzn-RequestId").Single()} GET /a/{{id}} 200 0 - a\\\"b"], lines);
        using var missing = await GetAsync("/none");
        var (_, refused, _) = await _logs.NextAsync(Cancel);
        Assert.EndsWith("GET - 403 42 Missing Authentication Token -", Assert.Single(refused), StringComparison.Ordinal);
    }

    private sealed class FakeMetrics : IMetrics
    {
        private readonly List<MetricDatum> _data = [];

        public double Sum(string name, string dimensions) =>
            _data.Where(datum => datum.Name == name && string.Join(',', datum.Dimensions.Select(pair => $"{pair.Name}={pair.Value}")) == dimensions)
                .Select(datum => (double?)datum.Values.Sum).FirstOrDefault() ?? -1;

        public ValueTask PutAsync(AccountId account, Region region, string metricNamespace, IReadOnlyList<MetricDatum> data, CancellationToken cancel)
        {
            Assert.Equal("AWS/ApiGateway", metricNamespace);
            _data.AddRange(data);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(AccountId account, Region region, MetricQuery query, CancellationToken cancel) =>
            throw new NotSupportedException("Nobody reads.");
    }

    private sealed class FakeLogs : ILogSink
    {
        private readonly Channel<(string Group, List<string> Lines, string Writer)> _written = Channel.CreateUnbounded<(string, List<string>, string)>();

        public bool IsEmpty => _written.Reader.Count == 0;

        public ValueTask<Outcome<Unit>> WriteAsync(string group, string stream, IReadOnlyList<LogLine> lines, CallContext writer, CancellationToken cancel)
        {
            Assert.True(_written.Writer.TryWrite((group, [.. lines.Select(line => line.Message)], writer.Principal.Arn)));
            return ValueTask.FromResult((Outcome<Unit>)Unit.Value);
        }

        public Task<(string Group, List<string> Lines, string Writer)> NextAsync(CancellationToken cancel) =>
            _written.Reader.ReadAsync(cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), cancel);
    }

    private sealed class FakeRoles : IRoles
    {
        public ValueTask<Outcome<Credential>> AssumeForServiceAsync(
            string roleArn, string sessionName, string service, string? sourceArn, CallContext origin, CancellationToken cancel)
        {
            Assert.Equal((Role, "apigateway.amazonaws.com"), (roleArn, service));
            return ValueTask.FromResult((Outcome<Credential>)new Credential
            {
                AccessKeyId = "ASIA",
                SecretAccessKey = "s",
                Principal = Principal.Root(origin.Account) with { Kind = PrincipalKind.AssumedRole, Arn = $"arn:aws:sts::000000000000:assumed-role/logs/{sessionName}" },
            });
        }
    }
}
