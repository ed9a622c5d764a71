using Haneul.Storage;

namespace Haneul.DynamoDb.Backups;

/// <summary>Wakes the loop of backups up: there may be something to copy.</summary>
internal sealed class BackupWork
{
    public Signal Signal { get; } = new();

    public void Wake() => Signal.Pulse();
}
