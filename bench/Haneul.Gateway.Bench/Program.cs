using System.Globalization;
using Haneul.Gateway.Bench;

// Requests over HTTP, signed and authorized, against a bare Kestrel echo of the same sizes, and against other products or another build, in the
// same run: rounds alternate, medians count.
if (args is ["echo", var echoPort, var echoBytes])
{
    await EchoServer.RunAsync(int.Parse(echoPort, CultureInfo.InvariantCulture), int.Parse(echoBytes, CultureInfo.InvariantCulture));
    return 0;
}

var options = new Dictionary<string, string>
{
    ["program"] = "", ["against"] = "", ["dynalite"] = "", ["moto"] = "", ["seconds"] = "5", ["rounds"] = "3", ["connections"] = "16", ["only"] = "get,put,query",
    ["items"] = "0", ["data"] = "", ["apis"] = "", ["sockets"] = "",
};
for (var i = 0; i + 1 < args.Length; i += 2)
{
    if (!options.ContainsKey(args[i].TrimStart('-')))
    {
        Console.Error.WriteLine(
            "usage: --program PATH [--against PATH,PATH of other builds] [--dynalite PATH] [--moto PATH-OF-MOTO_SERVER] [--only get,put,query]\n"
            + "       [--seconds 5] [--rounds 3] [--connections 16]\n"
            + "       or, for APIs: --program PATH --apis yes, or for 10,000 WebSocket connections: --sockets yes\n"
            + "       or, for a large table: --program PATH --items 10000000 [--data DIRECTORY-TO-KEEP]");
        return 2;
    }

    options[args[i].TrimStart('-')] = args[i + 1];
}

var seconds = int.Parse(options["seconds"], CultureInfo.InvariantCulture);
var rounds = int.Parse(options["rounds"], CultureInfo.InvariantCulture);
var connections = int.Parse(options["connections"], CultureInfo.InvariantCulture);
if (int.Parse(options["items"], CultureInfo.InvariantCulture) is > 0 and var items)
{
    await LargeTable.RunAsync(options["program"], items, connections, seconds, options["data"] is { Length: > 0 } data ? data : null);
    return 0;
}

if (options["apis"] == "yes")
{
    await ApiBench.RunAsync(options["program"], connections, seconds, rounds);
    return 0;
}

if (options["sockets"] == "yes")
{
    await SocketBench.RunAsync(options["program"]);
    return 0;
}

var subjects = new List<ISubject>();
try
{
    var cloud = await Cloud.StartAsync(options["program"], 4590);
    subjects.Add(cloud);
    Console.WriteLine(
        $"{options["program"]}: ready in {cloud.ReadyIn.TotalMilliseconds:0} ms, {cloud.IdleMegabytes:0} MB idle; {Environment.ProcessorCount} cores, {connections} connections");
    var port = 4600;
    foreach (var against in options["against"].Split(',', StringSplitOptions.RemoveEmptyEntries))
    {
        subjects.Add(await Cloud.StartAsync(against, port++));
    }

    if (options["dynalite"] is { Length: > 0 } dynalite)
    {
        subjects.Add(await Server.DynaliteAsync(dynalite, 4593));
    }

    if (options["moto"] is { Length: > 0 } moto)
    {
        subjects.Add(await Server.MotoAsync(moto, 4594));
    }

    foreach (var workload in Workloads.All.Where(workload => options["only"].Split(',').Contains(workload.Key)))
    {
        var answer = await Workloads.SendAsync(cloud, workload.Calls(cloud)[0]);
        using var echo = await Server.EchoAsync(4591, answer.Length);
        await CompareAsync(workload, [.. subjects, echo]);
    }

    Console.WriteLine($"resident after the load: {cloud.Resident():0} MB");
}
finally
{
    subjects.ForEach(subject => subject.Dispose());
}

return 0;

async Task CompareAsync(Workload workload, IReadOnlyList<ISubject> all)
{
    Console.WriteLine(workload.Name);
    var results = all.Select(_ => new List<(WrkResult Load, double Cpu)>()).ToList();
    for (var round = -1; round < rounds; round++)
    {
        for (var i = 0; i < all.Count; i++)
        {
            var before = all[i].Cpu();
            var load = await Wrk.RunAsync(all[i].Url, workload.Calls(all[i]), connections, seconds);
            if (round >= 0) // the first warms up
            {
                results[i].Add((load, (all[i].Cpu() - before).TotalMicroseconds / (load.PerSecond * seconds)));
            }
        }
    }

    var echo = results[^1];
    for (var i = 0; i < all.Count; i++)
    {
        var mine = results[i];
        Console.WriteLine(
            $"  {(i == 0 ? "haneul" : all[i].Name),-10} {Median(mine, r => r.Load.PerSecond),8:0}/s  p50 {Median(mine, r => r.Load.Median):0.00} ms"
            + $"  p99 {Median(mine, r => r.Load.P99):0.00} ms  cpu {Median(mine, r => r.Cpu):0.0} us"
            + $" | {Median(mine, r => r.Load.PerSecond) / Median(echo, r => r.Load.PerSecond):P0} of the echo,"
            + $" p99 {Median(mine, r => r.Load.P99) / Median(echo, r => r.Load.P99):0.0}x"
            + $" | haneul is {Median(results[0], r => r.Load.PerSecond) / Median(mine, r => r.Load.PerSecond):0.00}x");
    }
}

static double Median(List<(WrkResult Load, double Cpu)> results, Func<(WrkResult Load, double Cpu), double> value)
{
    var sorted = results.Select(value).Order().ToList();
    return sorted[sorted.Count / 2];
}
