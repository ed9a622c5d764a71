using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Tags;

/// <summary>Sets tags of a group, by its name.</summary>
internal sealed class TagLogGroup(LogTable logs) : IHandler<TagLogGroupInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(TagLogGroupInput input, CallContext context, CancellationToken cancel) =>
        logs.Of(context).UpdateAsync(input, static (current, batch, input) =>
            TagTable.Set(current, batch, input.LogGroupName, input.Tags) is { } error
                ? (Outcome<Unit>)error
                : Unit.Value);
}
