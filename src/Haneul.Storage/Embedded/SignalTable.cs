using System.Collections.Concurrent;

namespace Haneul.Storage.Embedded;

/// <summary>The signals somebody has asked for. A commit to any other partition costs one look into this table.</summary>
internal sealed class SignalTable
{
    private readonly ConcurrentDictionary<PartitionId, Signal> _signals = new();

    public Signal Of(PartitionId id) => _signals.GetOrAdd(id, static _ => new Signal());

    public void Pulse(PartitionId id)
    {
        if (_signals.TryGetValue(id, out var signal))
        {
            signal.Pulse();
        }
    }
}
