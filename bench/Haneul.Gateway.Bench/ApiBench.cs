namespace Haneul.Gateway.Bench;

/// <summary>
/// APIs: what an HTTP API adds to a call of a warm Node function, what a cached answer of a REST API reaches of a bare server's rate, and what the
/// decisions of throttles cost.
/// </summary>
internal static class ApiBench
{
    private const int Bytes = 1024;

    public static async Task RunAsync(string program, int connections, int seconds, int rounds)
    {
        using var throttled = ApiCloud.Start(program, 4590, "100000000");
        using var free = ApiCloud.Start(program, 4592, "unlimited");
        await throttled.PrepareAsync(Bytes);
        await free.PrepareAsync(Bytes);
        using var echo = await Server.EchoAsync(4591, Bytes);

        await FunctionAsync(throttled, seconds, rounds);
        var results = new (string Name, string Url, SignedCall Call, List<WrkResult> Loads)[]
        {
            ("echo", echo.Url, SignedCall.Plain("127.0.0.1:4591", "GET", "/"), []),
            ("cached", throttled.Url, throttled.Get(throttled.RestPath), []),
            ("no limit", free.Url, free.Get(free.RestPath), []),
        };
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (_, url, call, loads) in results)
            {
                var load = await Wrk.RunAsync(url, [call], connections, seconds);
                if (round >= 0) // the first warms up
                {
                    loads.Add(load);
                }
            }
        }

        Console.WriteLine($"cached answer of a REST API, {Bytes} bytes, {connections} connections");
        var bare = Median(results[0].Loads, load => load.PerSecond);
        foreach (var (name, _, _, loads) in results)
        {
            var rate = Median(loads, load => load.PerSecond);
            Console.WriteLine($"  {name,-10} {rate,8:0}/s  p50 {Median(loads, load => load.Median):0.00} ms  p99 {Median(loads, load => load.P99):0.00} ms | {rate / bare:P0} of the echo");
        }

        var cost = 1 - (Median(results[1].Loads, load => load.PerSecond) / Median(results[2].Loads, load => load.PerSecond));
        Console.WriteLine($"decisions of throttles cost {cost:P1} of the rate");
    }

    private static async Task FunctionAsync(ApiCloud cloud, int seconds, int rounds)
    {
        var direct = new List<WrkResult>();
        var api = new List<WrkResult>();
        for (var round = -1; round < rounds; round++)
        {
            var one = await Wrk.RunAsync(cloud.Url, [cloud.Invoke()], 1, seconds);
            var two = await Wrk.RunAsync(cloud.Url, [cloud.Get(cloud.HttpPath)], 1, seconds);
            if (round >= 0)
            {
                direct.Add(one);
                api.Add(two);
            }
        }

        var (a, b) = (Median(direct, load => load.Median), Median(api, load => load.Median));
        Console.WriteLine("warm Node function, one connection");
        Console.WriteLine($"  Invoke    p50 {a:0.000} ms  p99 {Median(direct, load => load.P99):0.00} ms");
        Console.WriteLine($"  HTTP API  p50 {b:0.000} ms  p99 {Median(api, load => load.P99):0.00} ms | {b - a:0.000} ms more");
    }

    private static double Median(List<WrkResult> results, Func<WrkResult, double> value)
    {
        var sorted = results.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
