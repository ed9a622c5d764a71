using Haneul.Kernel.Identity;

namespace Haneul.Compute.Environments;

/// <summary>What an execution environment needs to know of a function's version.</summary>
public sealed record FunctionSpec
{
    /// <summary>Names the function's version with its code and configuration: environments are reused under the same key only.</summary>
    public required string Key { get; init; }

    /// <summary>ARN without qualifier.</summary>
    public required string FunctionArn { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>AWS's name, such as <c>python3.12</c>.</summary>
    public required string Runtime { get; init; }

    public required string Handler { get; init; }

    /// <summary>The unpacked code.</summary>
    public required string CodeDirectory { get; init; }

    /// <summary>What the layers hold; null without layers.</summary>
    public string? LayerDirectory { get; init; }

    public required int MemoryMegabytes { get; init; }

    public required int TemporaryMegabytes { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required string LogGroup { get; init; }

    public string LogFormat { get; init; } = "Text";

    public string? LogLevel { get; init; }

    /// <summary>The function's own variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Issues the credentials of the function's role; null where there are none.</summary>
    public Func<CancellationToken, ValueTask<Credential?>>? Credentials { get; init; }
}
