using System.Diagnostics;
using System.Globalization;
using Haneul.Gateway.Bench;

// Requests over HTTP, signed and authorized, against a bare Kestrel echo of the same sizes in the same run: rounds alternate, medians count.
if (args is ["echo", var echoPort, var echoBytes])
{
    await EchoServer.RunAsync(int.Parse(echoPort, CultureInfo.InvariantCulture), int.Parse(echoBytes, CultureInfo.InvariantCulture));
    return 0;
}

var options = new Dictionary<string, string> { ["program"] = "", ["seconds"] = "5", ["rounds"] = "3", ["connections"] = "16" };
for (var i = 0; i + 1 < args.Length; i += 2)
{
    if (!options.ContainsKey(args[i].TrimStart('-')))
    {
        Console.Error.WriteLine("usage: --program PATH-OF-HANEUL [--seconds 5] [--rounds 3] [--connections 16]");
        return 2;
    }

    options[args[i].TrimStart('-')] = args[i + 1];
}

var seconds = int.Parse(options["seconds"], CultureInfo.InvariantCulture);
var rounds = int.Parse(options["rounds"], CultureInfo.InvariantCulture);
var connections = int.Parse(options["connections"], CultureInfo.InvariantCulture);
using var cloud = await Cloud.StartAsync(options["program"], 4590);
Console.WriteLine($"{options["program"]}: ready in {cloud.ReadyIn.TotalMilliseconds:0} ms, {cloud.IdleMegabytes:0} MB idle; {Environment.ProcessorCount} cores, {connections} connections");

var get = cloud.Get("1");
var answer = await cloud.SendAsync(get);
Func<IReadOnlyList<SignedCall>> gets = () => [cloud.Get("1")];
Func<IReadOnlyList<SignedCall>> puts = () => [.. Enumerable.Range(0, 512).Select(i => cloud.Put("key-" + i))];
await CompareAsync("GetItem of 1 KB", gets, answer.Length);
await CompareAsync("PutItem of 1 KB, durable", puts, 2);
Console.WriteLine($"resident after the load: {cloud.Resident():0} MB");
return 0;

async Task CompareAsync(string name, Func<IReadOnlyList<SignedCall>> calls, int answerBytes)
{
    using var echo = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["echo", "4591", answerBytes.ToString(CultureInfo.InvariantCulture)]))!;
    try
    {
        await WaitForAsync("http://127.0.0.1:4591/");
        var signed = calls();
        await Wrk.RunAsync(cloud.Url, signed, connections, 3); // warm
        await Wrk.RunAsync("http://127.0.0.1:4591/", signed, connections, 2);
        var ours = new List<WrkResult>();
        var bare = new List<WrkResult>();
        var cpu = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            bare.Add(await Wrk.RunAsync("http://127.0.0.1:4591/", signed, connections, seconds));
            var before = cloud.Cpu();
            var result = await Wrk.RunAsync(cloud.Url, signed, connections, seconds);
            cpu.Add((cloud.Cpu() - before).TotalMicroseconds / (result.PerSecond * seconds));
            ours.Add(result);
        }

        var ratio = Median(ours.Select(r => r.PerSecond)) / Median(bare.Select(r => r.PerSecond));
        Console.WriteLine(
            $"{name,-26} {Median(ours.Select(r => r.PerSecond)),8:0}/s  p50 {Median(ours.Select(r => r.Median)):0.00} ms  p99 {Median(ours.Select(r => r.P99)):0.00} ms"
            + $"  cpu {Median(cpu):0.0} us | echo {Median(bare.Select(r => r.PerSecond)),8:0}/s  p50 {Median(bare.Select(r => r.Median)):0.00} ms"
            + $"  p99 {Median(bare.Select(r => r.P99)):0.00} ms | {ratio:P0} of the echo");
    }
    finally
    {
        echo.Kill();
        await echo.WaitForExitAsync();
    }
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return sorted[sorted.Count / 2];
}

static async Task WaitForAsync(string url)
{
    using var client = new HttpClient();
    for (var i = 0; ; i++)
    {
        try
        {
            using var response = await client.GetAsync(url);
            return;
        }
        catch (HttpRequestException) when (i < 100)
        {
            await Task.Delay(50);
        }
    }
}
