using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Streams;

/// <summary>Deletes a stream with its events.</summary>
internal sealed class DeleteLogStream(LogTable logs) : IHandler<DeleteLogStreamInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteLogStreamInput input, CallContext context, CancellationToken cancel) =>
        logs.Of(context).UpdateAsync(input, static (current, batch, input) =>
        {
            if (!current.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
            {
                return (Outcome<Unit>)LogTable.NoGroup;
            }

            var key = LogsKeyspace.Key(LogsKeyspace.Streams, input.LogGroupName, input.LogStreamName);
            if (!current.Contains(key))
            {
                return LogTable.NoStream;
            }

            batch.Delete(key);
            batch.DeleteRange(KeyRange.Prefix(LogsKeyspace.Key(LogsKeyspace.Events, input.LogGroupName, input.LogStreamName)));
            return Unit.Value;
        });
}
