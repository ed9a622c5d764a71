using Haneul.Storage;

namespace Haneul.DynamoDb.GlobalTables;

/// <summary>Wakes replication up: there may be other tables to look after.</summary>
internal sealed class ReplicationWork
{
    public Signal Signal { get; } = new();

    public void Wake() => Signal.Pulse();
}
