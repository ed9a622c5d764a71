using System.Security.Cryptography;
using System.Text;
using Haneul.Compute.Machine;

namespace Haneul.Compute.Environments;

/// <summary>How a runtime is started on this machine.</summary>
/// <param name="Command">Program and arguments inside the sandbox.</param>
/// <param name="Mounts">What it needs to see.</param>
/// <param name="Libraries">Where its own libraries are, if not where all are.</param>
/// <param name="Note">How it differs from what was asked for; null if it does not.</param>
internal sealed record RuntimePlan(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Mounts, string? Libraries, string? Note);

/// <summary>Runtimes of Lambda, and what serves them here.</summary>
public sealed class RuntimeCatalog
{
    private const string RuntimeDirectory = "/var/runtime";
    private const string LanguageDirectory = "/var/lang";
    private readonly string _directory;

    /// <param name="interpreters">Those of this machine.</param>
    /// <param name="directory">A directory of our own, for the bootstraps.</param>
    public RuntimeCatalog(Interpreters interpreters, string directory)
    {
        Interpreters = interpreters;
        _directory = Path.Combine(directory, "runtime");
        Directory.CreateDirectory(_directory);
        foreach (var name in (string[])["bootstrap.py", "bootstrap.mjs"])
        {
            using var source = typeof(RuntimeCatalog).Assembly.GetManifestResourceStream(name)!;
            using var target = File.Create(Path.Combine(_directory, name));
            source.CopyTo(target);
        }
    }

    public Interpreters Interpreters { get; }

    /// <summary>Whether this product knows how to run a runtime, on a machine that has what it takes.</summary>
    public static bool IsSupported(string runtime) =>
        runtime.StartsWith("python3", StringComparison.Ordinal) || runtime.StartsWith("nodejs", StringComparison.Ordinal) || IsCustom(runtime);

    public static bool IsCustom(string runtime) => runtime is "provided" or "provided.al2" or "provided.al2023";

    /// <summary>How logs name a runtime: <c>python:3.12</c>.</summary>
    public static string VersionName(string runtime)
    {
        var digit = runtime.AsSpan().IndexOfAnyInRange('0', '9');
        return IsCustom(runtime) || digit < 0
            ? runtime.Replace('.', ':')
            : $"{runtime[..digit]}:{runtime[digit..].Replace(".x", "", StringComparison.Ordinal)}";
    }

    /// <summary>Names a version of a runtime; made from its name, since there is one of each here.</summary>
    public static string VersionArn(string region, string runtime) =>
        $"arn:aws:lambda:{region}::runtime:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runtime)))}";

    /// <summary>Why a runtime cannot run on this machine; null if it can.</summary>
    public string? Unavailable(string runtime) =>
        IsCustom(runtime) || Interpreters.For(runtime) is not null
            ? null
            : $"This machine has no {(runtime.StartsWith("python", StringComparison.Ordinal) ? "Python" : "Node.js")}: install it to run {runtime}.";

    /// <exception cref="SandboxException">The machine lacks the runtime.</exception>
    internal RuntimePlan Plan(FunctionSpec spec)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal) { [RuntimeDirectory] = _directory };
        if (IsCustom(spec.Runtime))
        {
            var inLayer = !File.Exists(Path.Combine(spec.CodeDirectory, "bootstrap")) && spec.LayerDirectory is not null;
            return new RuntimePlan([inLayer ? "/opt/bootstrap" : "/var/task/bootstrap"], mounts, null, null);
        }

        var interpreter = Interpreters.For(spec.Runtime) ?? throw new SandboxException(Unavailable(spec.Runtime)!);
        var program = interpreter.Path;
        if (interpreter.Prefix is { } prefix)
        {
            // Shown where Lambda has its own, so that nothing is told of the host's directories.
            mounts[LanguageDirectory] = prefix;
            program = LanguageDirectory + interpreter.Path[prefix.Length..];
        }

        var note = Interpreters.IsExact(interpreter, spec.Runtime)
            ? null
            : $"{spec.Runtime} is not installed on this machine; {interpreter.Runtime} runs instead.";
        IReadOnlyList<string> command = interpreter.Language == "python"
            ? [program, RuntimeDirectory + "/bootstrap.py"]
            : [program, $"--max-old-space-size={spec.MemoryMegabytes * 9 / 10}", RuntimeDirectory + "/bootstrap.mjs"];
        return new RuntimePlan(command, mounts, interpreter.Prefix is null ? null : LanguageDirectory + "/lib", note);
    }
}
