using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Tags;

/// <summary>Removes tags of a group, by its name.</summary>
internal sealed class UntagLogGroup(LogTable logs) : IHandler<UntagLogGroupInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(UntagLogGroupInput input, CallContext context, CancellationToken cancel) =>
        logs.Of(context).UpdateAsync(input, static (current, batch, input) =>
            TagTable.Remove(current, batch, input.LogGroupName, input.Tags) is { } error
                ? (Outcome<Unit>)error
                : Unit.Value);
}
