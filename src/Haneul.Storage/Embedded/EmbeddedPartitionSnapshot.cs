namespace Haneul.Storage.Embedded;

/// <summary>One partition at a snapshot of its engine.</summary>
internal sealed class EmbeddedPartitionSnapshot(EmbeddedEngine engine, byte[] head, EngineSnapshot at)
    : EngineReader(engine, head, at), IPartitionSnapshot
{
    public void Dispose() => At!.Dispose();
}
