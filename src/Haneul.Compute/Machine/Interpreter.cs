using System.Diagnostics;
using System.Globalization;

namespace Haneul.Compute.Machine;

/// <summary>A language's interpreter on this machine.</summary>
/// <param name="Language"><c>python</c> or <c>nodejs</c>.</param>
/// <param name="Version">Major and minor version for Python; the major one for Node.</param>
/// <param name="Path">The program, links resolved.</param>
public sealed record Interpreter(string Language, Version Version, string Path)
{
    /// <summary>The runtime whose very own interpreter it is.</summary>
    public string Runtime => Language == "nodejs" ? $"nodejs{Version.Major}.x" : Language + Version;

    /// <summary>The directory it was installed under, which sandboxes see; null when it is a part of <c>/usr</c>, which they see anyway.</summary>
    public string? Prefix =>
        Path.StartsWith("/usr/", StringComparison.Ordinal) ? null : System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(Path));
}

/// <summary>The interpreters of this machine, and which one serves a runtime.</summary>
public sealed class Interpreters
{
    private readonly IReadOnlyList<Interpreter> _found;

    internal Interpreters(IReadOnlyList<Interpreter> found) => _found = found;

    public IReadOnlyList<Interpreter> All => _found;

    /// <summary>Looks in the usual directories, the search path and the places of version managers.</summary>
    public static Interpreters Detect() => Detect(Environment.GetEnvironmentVariable("PATH") ?? "");

    internal static Interpreters Detect(string searchPath)
    {
        var found = new Dictionary<string, Interpreter>(StringComparer.Ordinal);
        foreach (var directory in Directories(searchPath))
        {
            foreach (var file in Names(directory))
            {
                if (Look(file) is { } interpreter)
                {
                    found.TryAdd(interpreter.Path, interpreter);
                }
            }
        }

        return new Interpreters([.. found.Values.OrderBy(item => item.Language, StringComparer.Ordinal).ThenBy(item => item.Version).ThenBy(item => item.Prefix is not null)]);
    }

    /// <summary>The interpreter for a runtime such as <c>python3.12</c>: the same version, else the nearest one.</summary>
    public Interpreter? For(string runtime)
    {
        var (language, version) = Parse(runtime);
        return _found.Where(item => item.Language == language).MinBy(item => Distance(item.Version, version));

        // A newer one is nearer than an older one: languages add more than they take away.
        static int Distance(Version has, Version wanted)
        {
            var difference = (has.Major * 100) + has.Minor - ((wanted.Major * 100) + wanted.Minor);
            return difference >= 0 ? difference * 2 : (-difference * 2) + 1;
        }
    }

    /// <summary>Whether an interpreter is exactly the one that a runtime names.</summary>
    public static bool IsExact(Interpreter interpreter, string runtime) => Parse(runtime).Version == interpreter.Version;

    private static (string Language, Version Version) Parse(string runtime)
    {
        var digits = runtime.AsSpan().IndexOfAnyInRange('0', '9');
        var language = digits < 0 ? runtime : runtime[..digits];
        var number = digits < 0 ? "0" : runtime[digits..].Replace(".x", "", StringComparison.Ordinal);
        return (language, Version.TryParse(number.Contains('.', StringComparison.Ordinal) ? number : number + ".0", out var version) ? version : new Version(0, 0));
    }

    private static IEnumerable<string> Directories(string searchPath)
    {
        foreach (var directory in searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(["/usr/local/bin", "/usr/bin"]).Distinct())
        {
            yield return directory;

            // Version managers put scripts into the path; their programs lie beside them.
            if (directory.EndsWith("/shims", StringComparison.Ordinal))
            {
                var versions = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(directory)!, "versions");
                foreach (var version in Directory.Exists(versions) ? Directory.GetDirectories(versions) : [])
                {
                    yield return System.IO.Path.Combine(version, "bin");
                }
            }
        }
    }

    private static IEnumerable<string> Names(string directory)
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        for (var minor = 9; minor <= 14; minor++)
        {
            yield return System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"python3.{minor}"));
        }

        yield return System.IO.Path.Combine(directory, "node");
    }

    private static Interpreter? Look(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var path = new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
        Span<byte> magic = stackalloc byte[4];
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || !magic.SequenceEqual("\u007fELF"u8))
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var name = System.IO.Path.GetFileName(file);
        return name == "node" ? Node(path) : new Interpreter("python", Parse(name).Version, path);
    }

    // Node does not carry its version in its name.
    private static Interpreter? Node(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            var text = process!.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return Version.TryParse(text.TrimStart('v'), out var version) ? new Interpreter("nodejs", new Version(version.Major, 0), path) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
