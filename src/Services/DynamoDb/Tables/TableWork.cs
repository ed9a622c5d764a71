using Haneul.Storage;

namespace Haneul.DynamoDb.Tables;

/// <summary>Wakes the loop of tables up: there may be something to do.</summary>
internal sealed class TableWork
{
    public Signal Signal { get; } = new();

    public void Wake() => Signal.Pulse();
}
