using System.Globalization;
using Haneul.Compute.Environments;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Lambda.Tests;

/// <summary>Environments are used again, end when nobody needs them, and leave nothing behind.</summary>
public sealed class EnvironmentLifeTests
{
    [Fact]
    public async Task Two_hundred_invocations_leave_nothing_behind()
    {
        Machine.Needs.Sandboxes();
        var groups = "";
        await using (var cloud = await LambdaCloud.StartAsync())
        {
            await cloud.CreateAsync("churn", "python3.11", "app.handler", "app.py", """
                import os, time
                def handler(event, context):
                    if event["n"] % 40 == 7:
                        os._exit(1)
                    if event["n"] % 40 == 19:
                        raise ValueError("no")
                    if event["n"] == 100:
                        time.sleep(9)
                    return event["n"]
                """, ""","Timeout":1,"MemorySize":512""");
            await cloud.InvokeAsync("churn", """{"n":0}""");
            groups = cloud.Runner.Groups;
            var descriptors = OpenDescriptors();
            var n = 0;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                while (Interlocked.Increment(ref n) is var mine and <= 200)
                {
                    var answer = await cloud.InvokeAsync("churn", $$"""{"n":{{mine.ToString(CultureInfo.InvariantCulture)}}}""");
                    Assert.Equal(200, answer.Status);
                    if (mine % 40 is not (7 or 19) && mine != 100)
                    {
                        Assert.Equal(mine.ToString(CultureInfo.InvariantCulture), answer.Body);
                    }
                }
            }));
            await HostileFunctionTests.EventuallyAsync(() => cloud.Runner.Living == cloud.Runner.Warm);
            Assert.True(!Environment.IsPrivilegedProcess || Groups(groups).Count > 0);
            Assert.InRange(OpenDescriptors(), 0, descriptors + 60);
        }

        Assert.Empty(Groups(groups));
        Assert.DoesNotContain(HostileFunctionTests.Processes("environ"), text => text.Contains("AWS_LAMBDA_FUNCTION_NAME=churn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Environments_without_work_end_after_a_while()
    {
        Machine.Needs.Sandboxes();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var cloud = await LambdaCloud.StartAsync(time);
        await cloud.CreateAsync("idle", "python3.11", "app.handler", "app.py", "def handler(event, context): return 1");
        await cloud.InvokeAsync("idle");
        await HostileFunctionTests.EventuallyAsync(() => cloud.Runner.Warm == 1);
        time.Advance(EnvironmentPool.KeepAlive / 2);
        Assert.Equal(1, cloud.Runner.Warm);
        time.Advance(EnvironmentPool.KeepAlive);
        await HostileFunctionTests.EventuallyAsync(() => cloud.Runner.Living == 0);
        Assert.Equal(0, cloud.Runner.Warm);
    }

    [Fact]
    public async Task New_code_and_new_configuration_run_at_the_next_invocation()
    {
        Machine.Needs.Sandboxes();
        await using var cloud = await LambdaCloud.StartAsync();
        await cloud.CreateAsync("f", "python3.11", "app.handler", "app.py", "import os\ndef handler(event, context): return os.environ.get('MODE', 'old')");
        Assert.Equal("\"old\"", (await cloud.InvokeAsync("f")).Body);
        await cloud.CallAsync(HttpMethod.Post, "/2015-03-31/functions/f/versions", "{}");
        await cloud.CallAsync(HttpMethod.Put, "/2015-03-31/functions/f/configuration", """{"Environment":{"Variables":{"MODE":"new"}}}""");
        Assert.Equal("\"new\"", (await cloud.InvokeAsync("f")).Body);
        var code = LambdaCloud.Zip(("app.py", "def handler(event, context): return context.function_version"));
        await cloud.CallAsync(HttpMethod.Put, "/2015-03-31/functions/f/code", $$"""{"ZipFile":"{{Convert.ToBase64String(code)}}","Publish":true}""");
        Assert.Equal("\"$LATEST\"", (await cloud.InvokeAsync("f")).Body);
        var first = await cloud.InvokeAsync("f:1");
        Assert.Equal("\"old\"", first.Body);
        Assert.Equal("1", first.Version);
        Assert.Equal("\"2\"", (await cloud.InvokeAsync("f:2")).Body);
        await cloud.CallAsync(
            HttpMethod.Post, "/2015-03-31/functions/f/aliases", """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}""");
        var versions = new HashSet<string?>();
        for (var i = 0; i < 40; i++)
        {
            versions.Add((await cloud.InvokeAsync("f:live")).Version);
        }

        Assert.Equal(["1", "2"], versions.Order());
    }

    [Fact]
    public async Task Reserved_places_bound_what_runs_at_once()
    {
        Machine.Needs.Sandboxes();
        await using var cloud = await LambdaCloud.StartAsync();
        await cloud.CreateAsync("one", "python3.11", "app.handler", "app.py", "import time\ndef handler(event, context): time.sleep(1)");
        await cloud.CallAsync(HttpMethod.Put, "/2017-10-31/functions/one/concurrency", """{"ReservedConcurrentExecutions":1}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => cloud.InvokeAsync("one")));
        Assert.Equal([200, 429, 429], answers.Select(answer => answer.Status).Order());
        Assert.Equal(200, (await cloud.InvokeAsync("one")).Status);
    }

    private static int OpenDescriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static List<string> Groups(string name)
    {
        var groups = new List<string>();
        Find("/sys/fs/cgroup", 0);
        return groups;

        void Find(string directory, int depth)
        {
            foreach (var child in Directory.GetDirectories(directory))
            {
                if (Path.GetFileName(child) == name)
                {
                    groups.Add(child);
                }
                else if (depth < 6)
                {
                    Find(child, depth + 1);
                }
            }
        }
    }
}
