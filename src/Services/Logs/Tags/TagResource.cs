using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;

namespace Haneul.Logs.Tags;

/// <summary>Sets tags of a group, by its ARN.</summary>
internal sealed class TagResource(LogTable logs) : IHandler<TagResourceInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(TagResourceInput input, CallContext context, CancellationToken cancel) =>
        logs.Of(context).UpdateAsync((input, context), static (current, batch, call) =>
            TagTable.Set(current, batch, TagTable.Group(call.input.ResourceArn, call.context) ?? "", call.input.Tags) is { } error
                ? (Outcome<Unit>)error
                : Unit.Value);
}
