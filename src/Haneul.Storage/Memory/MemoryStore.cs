using Haneul.Storage.Embedded;

namespace Haneul.Storage.Memory;

/// <summary>A store that lives as long as its process: for tests and for clouds that are thrown away.</summary>
public static class MemoryStore
{
    public static IStore Create() => new EmbeddedStore(new MemoryEngine());
}
