using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Tags;

/// <summary>Removes tags of a group, by its ARN.</summary>
internal sealed class UntagResource(LogTable logs) : IHandler<UntagResourceInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel) =>
        logs.Of(context).UpdateAsync((input, context), static (current, batch, call) =>
            TagTable.Remove(current, batch, TagTable.Group(call.input.ResourceArn, call.context) ?? "", call.input.TagKeys) is { } error
                ? (Outcome<Unit>)error
                : Unit.Value);
}
