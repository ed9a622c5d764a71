namespace Haneul.Storage.Transactions;

/// <summary>The participants of a transaction while it is decided on.</summary>
public interface ITransactionContext
{
    /// <summary>The current values of a participant, before the transaction's own writes.</summary>
    /// <exception cref="ArgumentException">The partition was not named as a participant.</exception>
    IPartitionReader Read(PartitionId participant);

    /// <summary>What the transaction will write to a participant.</summary>
    /// <exception cref="ArgumentException">The partition was not named as a participant.</exception>
    Batch Write(PartitionId participant);
}
