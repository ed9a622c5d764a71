using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Haneul.Gateway.Bench;

/// <summary>Runs wrk with prepared requests, in turn.</summary>
internal static class Wrk
{
    public static async Task<WrkResult> RunAsync(string url, IReadOnlyList<SignedCall> calls, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script(calls));
            var start = new ProcessStartInfo(
                "wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, url]) { RedirectStandardOutput = true };
            using var wrk = Process.Start(start)!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("wrk saw failures:\n" + output);
            }

            return new WrkResult(
                double.Parse(Field(output, "Requests/sec:"), CultureInfo.InvariantCulture), Latency(output, "50%"), Latency(output, "99%"));
        }
        finally
        {
            File.Delete(script);
        }
    }

    // The requests are put together once; wrk only picks the next one.
    private static string Script(IReadOnlyList<SignedCall> calls)
    {
        var lua = new StringBuilder("local requests = {}\nlocal i = 0\nfunction init(args)\n");
        foreach (var call in calls)
        {
            lua.Append("  requests[#requests + 1] = wrk.format(\"").Append(call.Method).Append("\", [==[").Append(call.Path).Append("]==], {");
            lua.AppendJoin(", ", call.Headers.Select(header => $"[\"{header.Key}\"] = [==[{header.Value}]==]"));
            lua.Append("}, [==[").Append(call.Body).Append("]==])\n");
        }

        return lua.Append("end\nfunction request()\n  i = i % #requests + 1\n  return requests[i]\nend\n").ToString();
    }

    private static string Field(string output, string name)
    {
        var line = output.Split('\n').First(line => line.Trim().StartsWith(name, StringComparison.Ordinal)).Trim();
        return line[name.Length..].Trim();
    }

    private static double Latency(string output, string name)
    {
        var text = Field(output, name);
        var unit = text.EndsWith("us", StringComparison.Ordinal) ? 0.001 : text.EndsWith("ms", StringComparison.Ordinal) ? 1 : 1000;
        return unit * double.Parse(text.TrimEnd('u', 'm', 's'), CultureInfo.InvariantCulture);
    }
}

/// <param name="PerSecond">Requests a second.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record WrkResult(double PerSecond, double Median, double P99);
