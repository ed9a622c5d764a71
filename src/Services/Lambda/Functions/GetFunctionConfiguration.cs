using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Functions;

/// <summary>Shows a version.</summary>
internal sealed class GetFunctionConfiguration(FunctionTable functions) : IHandler<GetFunctionConfigurationInput, FunctionConfiguration>
{
    public ValueTask<Outcome<FunctionConfiguration>> HandleAsync(GetFunctionConfigurationInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        var reference = parsed.Value;
        var found = FunctionTable.Find(functions.Of(reference), reference);
        return new(found.Succeeded ? Configurations.Show(reference, found.Value, reference.Qualifier) : found.Error);
    }
}
