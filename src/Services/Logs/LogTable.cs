using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs;

/// <summary>Finds the partition of a call, and the two errors that every operation shares.</summary>
internal sealed class LogTable(IStore store)
{
    public static ServiceError NoGroup { get; } = LogsErrors.ResourceNotFoundException.With("The specified log group does not exist.");

    public static ServiceError NoStream { get; } = LogsErrors.ResourceNotFoundException.With("The specified log stream does not exist.");

    public IPartition Of(CallContext context) => store.Partition(LogsKeyspace.Partition(context));

    /// <summary>Deletes a filter of a group.</summary>
    /// <param name="context">Whose group.</param>
    /// <param name="kind">Which kind of filter, by its byte in keys.</param>
    /// <param name="group">The group.</param>
    /// <param name="name">The filter.</param>
    /// <param name="missing">The error if there is no such filter.</param>
    public async ValueTask<Outcome<Unit>> DeleteFilterAsync(CallContext context, byte kind, string group, string name, ServiceError missing)
    {
        var batch = new Batch();
        var key = LogsKeyspace.Key(kind, group, name);
        batch.RequirePresent(LogsKeyspace.Key(LogsKeyspace.Groups, group));
        batch.RequirePresent(key);
        batch.Delete(key);
        var committed = await Of(context).CommitAsync(batch);
        return committed.Committed ? Unit.Value : committed.FailedCondition == 0 ? NoGroup : missing;
    }
}
