using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Tags;

/// <summary>Adds tags to a function. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html"/></summary>
internal sealed class TagResource(FunctionTable functions) : IHandler<TagResourceInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(TagResourceInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = TaggedFunction.Parse(input.Resource, "TagResource", context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        if (input.Tags.Count == 0)
        {
            return LambdaErrors.InvalidParameterValueException.With("An error occurred and the request cannot be processed.");
        }

        var error = await TaggedFunction.ChangeAsync(functions, parsed.Value, tags =>
        {
            var all = new Dictionary<string, string>(tags);
            foreach (var (name, value) in input.Tags)
            {
                all[name] = value;
            }

            return all;
        });
        return error is null ? Unit.Value : error;
    }
}
