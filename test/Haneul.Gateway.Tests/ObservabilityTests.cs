using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Haneul.Gateway.Observability;
using Haneul.Iam.Sts;
using Haneul.Testing;

namespace Haneul.Gateway.Tests;

public sealed class ObservabilityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_leaves_a_line_a_measurement_and_an_activity()
    {
        var path = Path.GetTempFileName();
        var measured = new TaskCompletionSource<Dictionary<string, object?>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var activities = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (values["rpc.method"] is "GetCallerIdentity" && values["http.response.status_code"] is 200)
            {
                measured.TrySetResult(values);
            }
        });
        meters.Start();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.DisplayName == "STS.GetCallerIdentity")
                {
                    activities.TrySetResult(activity.DisplayName);
                }
            },
        };
        ActivitySource.AddActivityListener(traces);

        await using (var server = await HaneulServer.StartAsync(new GatewayOptions { AccessLog = path }, modules: new StsModule()))
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "?Action=GetCallerIdentity&Version=2011-06-15"));
            request.Headers.TryAddWithoutValidation(
                "Authorization", "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=5ec7e7");
            using var response = await client.SendAsync(request, Cancel);
            Assert.True(response.IsSuccessStatusCode);
        }

        var tags = await measured.Task.WaitAsync(Cancel);
        Assert.Equal("STS", tags["rpc.service"]);
        Assert.Equal(200, tags["http.response.status_code"]);
        Assert.Equal("STS.GetCallerIdentity", await activities.Task.WaitAsync(Cancel));
        var text = await File.ReadAllTextAsync(path, Cancel);
        var line = JsonDocument.Parse(text).RootElement;
        Assert.Equal("GetCallerIdentity", line.GetProperty("operation").GetString());
        Assert.Equal("arn:aws:iam::000000000000:root", line.GetProperty("principal").GetString());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.DoesNotContain("5ec7e7", text, StringComparison.Ordinal);
        File.Delete(path);
    }
}
