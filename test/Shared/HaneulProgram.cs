using System.Diagnostics;

namespace Haneul.Testing;

/// <summary>A built Haneul as a process of its own.</summary>
public sealed class HaneulProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _drain;

    private HaneulProgram(Process process, Uri url, TimeSpan readyIn)
    {
        _process = process;
        Url = url;
        ReadyIn = readyIn;
        _drain = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The program that the environment names, or null.</summary>
    public static string? Path => Environment.GetEnvironmentVariable("HANEUL_PROGRAM") is { Length: > 0 } path ? path : null;

    public Uri Url { get; }

    public TimeSpan ReadyIn { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts the program that the environment names, or the one that was built beside the tests.</summary>
    public static Task<HaneulProgram> StartAsync(params IEnumerable<string> arguments) =>
        StartAsync(Path ?? System.IO.Path.Combine(AppContext.BaseDirectory, "haneul"), arguments);

    public static async Task<HaneulProgram> StartAsync(string path, IEnumerable<string> arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(path, ["up", "--port", "0", .. arguments]) { RedirectStandardOutput = true })!;
        Uri? url = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            const string listens = "Haneul listens on ";
            if (line.StartsWith(listens, StringComparison.Ordinal))
            {
                url = new Uri(line[listens.Length..]);
            }
            else if (line == "Ready.")
            {
                return new HaneulProgram(process, url!, Stopwatch.GetElapsedTime(started));
            }
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"{path} ended with {process.ExitCode} before it was ready.");
    }

    /// <summary>Ends the process at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM, so that the program cleans up behind itself.
            using var kill = Process.Start("kill", [_process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        await _drain;
        _process.Dispose();
    }
}
