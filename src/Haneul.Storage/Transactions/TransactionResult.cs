namespace Haneul.Storage.Transactions;

/// <summary>How a transaction ended. A failed condition is an ordinary answer and wrote nothing anywhere.</summary>
/// <param name="FailedParticipant">The partition whose condition failed, or null if all held and the transaction is durable.</param>
/// <param name="FailedCondition">The index of that condition in the participant's batch, or -1.</param>
public readonly record struct TransactionResult(PartitionId? FailedParticipant, int FailedCondition)
{
    public static TransactionResult Done => new(null, -1);

    public bool Committed => FailedParticipant is null;
}
