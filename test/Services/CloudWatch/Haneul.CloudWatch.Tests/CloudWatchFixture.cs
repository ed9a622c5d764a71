using System.Globalization;
using System.Text.Json;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.CloudWatch.Tests;

/// <summary>A cloud with CloudWatch whose clock stands at 2025-06-15T15:06:40Z until a test moves it.</summary>
public abstract class CloudWatchFixture : IAsyncLifetime
{
    protected const long Now = 1_750_000_000;
    private JsonClient _client = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    protected HaneulServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await HaneulServer.StartAsync(time: Time, configure: Configure, modules: [new CloudWatchModule()]);
        _client = new JsonClient(Server.Url, "GraniteServiceVersion20100801", "1.0");
    }

    public virtual async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(IServiceCollection services)
    {
    }

    protected Task<JsonElement> CallAsync(string operation, string input) => _client.CallAsync(operation, input, Cancel);

    protected Task<(int Status, JsonElement Body)> SendAsync(string operation, string input) => _client.SendAsync(operation, input, Cancel);

    protected Task<(int Status, JsonElement Body)> SendAsync(string operation, HttpContent content) => _client.SendAsync(operation, content, Cancel);

    /// <summary>Puts values at a time, by default now, of the metric <c>m</c> in the namespace <c>N</c>.</summary>
    protected Task PutAsync(double[] values, long at = Now, string name = "m", string more = "") => CallAsync(
        "PutMetricData",
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"Namespace":"N","MetricData":[{"MetricName":"{{name}}","Timestamp":{{at}},"Values":[{{string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}}]{{more}}}]}"""));

    /// <summary>The values of one expression or of the metric <c>m</c>, in order of time.</summary>
    protected async Task<IReadOnlyList<double>> QueryAsync(string queries, long start, long end)
    {
        var answer = await CallAsync(
            "GetMetricData", $$"""{"StartTime":{{start}},"EndTime":{{end}},"ScanBy":"TimestampAscending","MetricDataQueries":[{{queries}}]}""");
        return [.. answer.GetProperty("MetricDataResults")[0].GetProperty("Values").EnumerateArray().Select(value => value.GetDouble())];
    }

    protected static string Stat(string id, string stat, string name = "m", int period = 60, bool data = false) =>
        $$$"""{"Id":"{{{id}}}","MetricStat":{"Metric":{"Namespace":"N","MetricName":"{{{name}}}"},"Period":{{{period}}},"Stat":"{{{stat}}}"},"ReturnData":{{{(data ? "true" : "false")}}}}""";
}
