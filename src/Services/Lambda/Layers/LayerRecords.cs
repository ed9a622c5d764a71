namespace Haneul.Lambda.Layers;

/// <summary>What all versions of a layer share.</summary>
internal sealed record LayerRecord
{
    /// <summary>The number that the next version gets; numbers are never given twice.</summary>
    public long NextVersion { get; init; } = 1;
}

/// <summary>A version of a layer.</summary>
internal sealed record LayerVersionRecord
{
    public required string Name { get; init; }

    public required long Version { get; init; }

    public string Description { get; init; } = "";

    public string? License { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>The name of its files, as of functions' code.</summary>
    public required string Code { get; init; }

    public long CodeSize { get; init; }

    public IReadOnlyList<string> Runtimes { get; init; } = [];

    public IReadOnlyList<string> Architectures { get; init; } = [];
}

/// <summary>A layer in a function's configuration. It stays there when the layer's version is deleted, and so do its files.</summary>
internal sealed record LayerUse
{
    public required string Arn { get; init; }

    public required string Code { get; init; }

    public long CodeSize { get; init; }
}
