using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Storage;

namespace Haneul.Logs.Streams;

/// <summary>Creates a stream in a group.</summary>
internal sealed class CreateLogStream(LogTable logs) : IHandler<CreateLogStreamInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(CreateLogStreamInput input, CallContext context, CancellationToken cancel) =>
        logs.Of(context).UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            if (!current.Contains(LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName)))
            {
                return (Outcome<Unit>)LogTable.NoGroup;
            }

            var key = LogsKeyspace.Key(LogsKeyspace.Streams, input.LogGroupName, input.LogStreamName);
            if (current.Contains(key))
            {
                return LogsErrors.ResourceAlreadyExistsException.With("The specified log stream already exists");
            }

            batch.Put(key, new StreamRecord(context.Time.ToUnixTimeMilliseconds()).Encode());
            return Unit.Value;
        });
}
