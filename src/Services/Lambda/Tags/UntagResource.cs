using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Tags;

/// <summary>Removes tags of a function; those it does not have are no error.</summary>
internal sealed class UntagResource(FunctionTable functions) : IHandler<UntagResourceInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = TaggedFunction.Parse(input.Resource, "UntagResource", context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var error = await TaggedFunction.ChangeAsync(
            functions, parsed.Value, tags => tags.Where(tag => !input.TagKeys.Contains(tag.Key)).ToDictionary());
        return error is null ? Unit.Value : error;
    }
}
