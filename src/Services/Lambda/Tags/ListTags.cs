using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Tags;

/// <summary>Shows the tags of a function.</summary>
internal sealed class ListTags(FunctionTable functions) : IHandler<ListTagsInput, ListTagsOutput>
{
    public ValueTask<Outcome<ListTagsOutput>> HandleAsync(ListTagsInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = TaggedFunction.Parse(input.Resource, "ListTags", context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        return new(FunctionTable.Function(functions.Of(parsed.Value), parsed.Value.Name) is { } function
            ? new ListTagsOutput { Tags = function.Tags }
            : parsed.Value.NotFound());
    }
}
