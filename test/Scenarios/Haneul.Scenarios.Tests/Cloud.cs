using System.Runtime.CompilerServices;
using Haneul.Testing;
using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

/// <summary>One cloud with a data directory, as its users run it: the whole program, in a process of its own.</summary>
public sealed class Cloud : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("haneul-scenario-");
    private HaneulProgram _program = null!;

    public Uri Url => _program.Url;

    public OfficialClients Clients => new(Url);

    public string DataDirectory => _data.FullName;

    public int ProcessId => _program.ProcessId;

    public async ValueTask InitializeAsync() => _program = await HaneulProgram.StartAsync("--data", DataDirectory);

    /// <summary>Ends the process at once and starts another on the same data.</summary>
    public async Task CrashAsync()
    {
        await _program.KillAsync();
        await _program.DisposeAsync();
        _program = await HaneulProgram.StartAsync("--data", DataDirectory);
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _data.Delete(recursive: true);
    }

    public static void NeedsSandbox() => Skip.Unless(File.Exists("/usr/bin/bwrap"), "Functions need bubblewrap: apt-get install bubblewrap.");

    /// <summary>A folder with the AWS SDK for JavaScript, fetched when it is first needed.</summary>
    public static async Task<string> JavaScriptSdkAsync(CancellationToken cancel)
    {
        Skip.Unless(File.Exists("/usr/bin/npm") || File.Exists("/usr/local/bin/npm"), "npm is not here: apt-get install nodejs npm.");
        var folder = Path.Combine(Here(), "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await Command.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], environment: null, folder, cancel);
        }

        return folder;
    }

    public static string Repository => Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    // Deterministic builds replace the path of sources; the output lies in the repository as well.
    private static string Here([CallerFilePath] string path = "")
    {
        if (File.Exists(path))
        {
            return Path.GetDirectoryName(path)!;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Haneul.slnx")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "test", "Scenarios", "Haneul.Scenarios.Tests");
    }
}
