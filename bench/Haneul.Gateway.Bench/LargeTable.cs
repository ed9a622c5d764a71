using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Haneul.Gateway.Bench;

/// <summary>Does a table of many items answer as fast as a small one, in how much memory, and how long does it take to open?</summary>
internal static class LargeTable
{
    private const int PerBatch = 25;
    private const int Writers = 8;
    private const int SmallItems = 100_000;

    /// <param name="program">The cloud's program.</param>
    /// <param name="items">How many the large table has.</param>
    /// <param name="connections">Of the load.</param>
    /// <param name="seconds">Of each round.</param>
    /// <param name="data">Where tables are kept for another run; null for nowhere.</param>
    public static async Task RunAsync(string program, int items, int connections, int seconds, string? data)
    {
        var directory = data is null ? Directory.CreateTempSubdirectory("haneul-large-") : Directory.CreateDirectory(data);
        try
        {
            foreach (var size in (int[])[SmallItems, items])
            {
                var table = new DirectoryInfo(Path.Combine(directory.FullName, size.ToString(CultureInfo.InvariantCulture)));
                if (!table.Exists)
                {
                    using var filling = await Cloud.StartAsync(program, 4590, table);
                    await FillAsync(filling, size);
                }

                await OpenAsync(program, table, size);
                using var cloud = Cloud.Open(program, 4590, table);
                await MeasureAsync(cloud, size, connections, seconds);
            }
        }
        finally
        {
            if (data is null)
            {
                directory.Delete(recursive: true);
            }
        }
    }

    private static async Task OpenAsync(string program, DirectoryInfo table, int items)
    {
        var opened = new List<(double Ready, double First, double Megabytes)>();
        for (var i = 0; i < 3; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var cloud = Cloud.Open(program, 4590, table);
            await Workloads.SendAsync(cloud, Get(cloud, Random.Shared.Next(items)));
            opened.Add((cloud.ReadyIn.TotalMilliseconds, Stopwatch.GetElapsedTime(started).TotalMilliseconds, cloud.Resident()));
        }

        var (ready, first, megabytes) = opened.OrderBy(time => time.First).ElementAt(1);
        Console.WriteLine($"{items,12:N0} items: ready in {ready:0} ms, first item after {first:0} ms, {megabytes:0} MB");
    }

    private static async Task FillAsync(Cloud cloud, int to)
    {
        var started = Stopwatch.GetTimestamp();
        var next = 0;
        var said = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Add(ref next, PerBatch) - PerBatch is var first && first < to)
            {
                var body = new StringBuilder("{\"RequestItems\":{\"bench\":[");
                for (var i = first; i < Math.Min(first + PerBatch, to); i++)
                {
                    body.Append(i == first ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""{"PutRequest":{"Item":{{{Item(i)}}}}}""");
                }

                var answer = await Workloads.SendAsync(cloud, cloud.Sign("BatchWriteItem", body.Append("]}}").ToString()));
                if (answer.Contains("PutRequest", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException("Some items were not taken: is throttling on?");
                }

                if (first / 1_000_000 is var million && million > Volatile.Read(ref said))
                {
                    Volatile.Write(ref said, million);
                    Console.WriteLine($"  {million} million, {first / Stopwatch.GetElapsedTime(started).TotalSeconds:0} items/s");
                }
            }
        })));
        Console.WriteLine($"{to:N0} items: filled at {to / Stopwatch.GetElapsedTime(started).TotalSeconds:0} items/s");
    }

    private static async Task MeasureAsync(Cloud cloud, int items, int connections, int seconds)
    {
        foreach (var (name, calls) in ((string, Func<SignedCall[]>)[])
            [("GetItem", () => Some(i => Get(cloud, i), items)), ("PutItem", () => Some(i => cloud.Sign("PutItem", $$$"""{"TableName":"bench","Item":{{{Item(i)}}}}"""), items))])
        {
            await Wrk.RunAsync(cloud.Url, calls(), connections, 8); // until the compiler is done
            var runs = new List<WrkResult>();
            for (var i = 0; i < 3; i++)
            {
                runs.Add(await Wrk.RunAsync(cloud.Url, calls(), connections, seconds));
            }

            var median = runs.OrderBy(run => run.PerSecond).ElementAt(1);
            Console.WriteLine($"{items,12:N0} items: {name} {median.PerSecond:0}/s  p50 {median.Median:0.00} ms  p99 {median.P99:0.00} ms  {cloud.Resident():0} MB");
        }
    }

    private static SignedCall[] Some(Func<int, SignedCall> call, int items) => [.. Enumerable.Range(0, 10_000).Select(_ => call(Random.Shared.Next(items)))];

    private static SignedCall Get(Cloud cloud, int i) =>
        cloud.Sign("GetItem", $$$"""{"TableName":"bench","Key":{"id":{"S":"item-{{{i}}}"},"at":{"N":"1"} } }""");

    private static string Item(int i) => $$$"""{"id":{"S":"item-{{{i}}}"},"at":{"N":"1"},"name":{"S":"a name"},"count":{"N":"{{{i}}}"} }""";
}
