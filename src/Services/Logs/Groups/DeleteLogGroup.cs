using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Groups;

/// <summary>Deletes a group with all that is in it.</summary>
internal sealed class DeleteLogGroup(LogTable logs) : IHandler<DeleteLogGroupInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteLogGroupInput input, CallContext context, CancellationToken cancel)
    {
        var batch = new Batch();
        var key = LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName);
        batch.RequirePresent(key);
        batch.Delete(key);
        foreach (var kind in (byte[])
            [LogsKeyspace.Streams, LogsKeyspace.Events, LogsKeyspace.MetricFilters, LogsKeyspace.Subscriptions, LogsKeyspace.Tags])
        {
            batch.DeleteRange(KeyRange.Prefix(LogsKeyspace.Key(kind, input.LogGroupName)));
        }

        var committed = await logs.Of(context).CommitAsync(batch);
        return committed.Committed ? Unit.Value : LogTable.NoGroup;
    }
}
