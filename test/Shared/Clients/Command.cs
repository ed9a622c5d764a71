using System.Diagnostics;

namespace Haneul.Testing.Clients;

/// <summary>Runs a program to its end.</summary>
public static class Command
{
    /// <exception cref="InvalidOperationException">The program ended with another status than 0; the message holds what it wrote.</exception>
    public static async Task<string> RunAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? folder, CancellationToken cancel)
    {
        var (status, output, errors) = await TryAsync(file, arguments, environment, folder, cancel);
        return status == 0 ? output : throw new InvalidOperationException($"{file} ended with {status}: {errors}{output}");
    }

    public static async Task<(int Status, string Output, string Errors)> TryAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output, await errors);
    }
}
