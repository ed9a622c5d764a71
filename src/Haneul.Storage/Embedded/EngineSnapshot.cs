namespace Haneul.Storage.Embedded;

/// <summary>A state of the whole keyspace that an engine keeps readable.</summary>
internal abstract class EngineSnapshot : IDisposable
{
    public abstract void Dispose();
}
