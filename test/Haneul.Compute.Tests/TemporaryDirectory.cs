namespace Haneul.Compute.Tests;

/// <summary>A directory that goes with its test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("haneul-compute-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
