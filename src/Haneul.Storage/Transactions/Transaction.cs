namespace Haneul.Storage.Transactions;

/// <summary>One batch per participating partition, committed together.</summary>
public sealed class Transaction
{
    private readonly SortedDictionary<PartitionId, Batch> _batches = new();

    internal IReadOnlyDictionary<PartitionId, Batch> Batches => _batches;

    /// <summary>The changes and conditions for one partition.</summary>
    public Batch In(PartitionId participant)
    {
        if (!_batches.TryGetValue(participant, out var batch))
        {
            _batches.Add(participant, batch = new Batch());
        }

        return batch;
    }
}
