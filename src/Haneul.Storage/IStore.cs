using Haneul.Storage.Transactions;

namespace Haneul.Storage;

/// <summary>
/// The durable state of the cloud: partitions of ordered keys. Rules live above this port; an engine knows bytes only.
/// </summary>
/// <remarks>
/// What every engine promises:
/// <list type="number">
/// <item>A commit to one partition is atomic: all of its batch becomes visible and durable, or nothing.</item>
/// <item>A commit whose task has completed is durable as the engine's durability setting says; by default it survives power loss.</item>
/// <item>Commits to one partition are serial: conditions and decisions see the state right before their own batch.</item>
/// <item>A reader may see a batch before its writer is acknowledged, and never sees half of one in a snapshot or a single scan.</item>
/// <item>Nothing is promised between partitions, except through <see cref="Transactions"/>.</item>
/// </list>
/// </remarks>
public interface IStore : IAsyncDisposable
{
    /// <summary>The partition with this id. Every partition exists; one without keys costs nothing. The object may be kept.</summary>
    IPartition Partition(PartitionId id);

    /// <summary>
    /// The partitions that hold at least one key and whose ids begin with the parts of <paramref name="under"/>, in order.
    /// Meant for loops that start and for operators, not for requests: it touches every one of them.
    /// </summary>
    IEnumerable<PartitionId> Partitions(PartitionId under);

    /// <summary>Atomic commits and consistent reads over several partitions: dearer than one partition, so asked for by name.</summary>
    ITransactionCoordinator Transactions { get; }
}
