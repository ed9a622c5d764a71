namespace Haneul.Storage;

/// <summary>The store could not read or acknowledge. The message is written for the operator: what happened, and what to do.</summary>
public sealed class StorageException : Exception
{
    public StorageException(StorageFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public StorageFailure Failure { get; }
}
