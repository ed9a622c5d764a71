namespace Haneul.Storage;

/// <summary>Decides on current values what to write; what it returns is handed to the caller once the batch is durable.</summary>
public delegate TResult Decision<in TState, out TResult>(IPartitionReader current, Batch batch, TState state);
