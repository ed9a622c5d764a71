namespace Haneul.Storage.Transactions;

/// <summary>Decides on the current values of several partitions what to write to each.</summary>
public delegate TResult TransactionDecision<in TState, out TResult>(ITransactionContext context, TState state);
