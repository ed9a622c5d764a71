using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute.Throttling;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class ThrottleTests : RestFixture
{
    [Fact]
    public void A_bucket_gives_its_burst_and_fills_at_its_rate()
    {
        var time = new FakeTimeProvider();
        var throttles = new Throttles(time, new ApiGatewayOptions());
        var key = new ThrottleKey("test", "a", "b");
        int Take(int tries) => Enumerable.Range(0, tries).Count(_ => throttles.TryTake(key, 2.5, 5));
        Assert.Equal(5, Take(10));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Take(10));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, Take(10));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, Take(10));
        Assert.False(throttles.TryTake(key, 0, 5));
        Assert.False(throttles.TryTake(key, 5, 0));
        Assert.True(throttles.TryTake(key, -1, -1));
    }

    [Fact]
    public void Threads_share_a_bucket()
    {
        var throttles = new Throttles(new FakeTimeProvider(), new ApiGatewayOptions());
        var taken = 0;
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (throttles.TryTake(new ThrottleKey("t", "a", ""), 1, 1500))
                {
                    Interlocked.Increment(ref taken);
                }
            }
        });
        Assert.Equal(1500, taken);
    }

    [Fact]
    public async Task A_method_is_limited_as_its_stage_says()
    {
        await DeployAsync(
            [At("/a", ("GET", Method(Mock()))), At("/b", ("GET", Method(Mock())))],
            stage: new Stage
            {
                MethodSettings = new Dictionary<string, MethodSetting> { ["~1a/GET"] = new() { ThrottlingRateLimit = 1, ThrottlingBurstLimit = 2 } },
            });
        await ExpectAsync(200, "", "/a");
        await ExpectAsync(200, "", "/a");
        await ExpectAsync(429, """{"message":"Too Many Requests"}""", "/a");
        await ExpectAsync(200, "", "/b");
        Time.Advance(TimeSpan.FromSeconds(1));
        await ExpectAsync(200, "", "/a");
        await ExpectAsync(429, """{"message":"Too Many Requests"}""", "/a");
    }
}
