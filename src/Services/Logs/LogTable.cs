using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs;

/// <summary>Finds the partition of a call, and the two errors that every operation shares.</summary>
internal sealed class LogTable(IStore store)
{
    public static ServiceError NoGroup { get; } = LogsErrors.ResourceNotFoundException.With("The specified log group does not exist.");

    public static ServiceError NoStream { get; } = LogsErrors.ResourceNotFoundException.With("The specified log stream does not exist.");

    public IPartition Of(CallContext context) => store.Partition(LogsKeyspace.Partition(context));
}
