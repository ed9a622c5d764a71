using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Functions;

/// <summary>Shows that a function has no code signing, which no function here has.</summary>
internal sealed class GetFunctionCodeSigningConfig(FunctionTable functions) : IHandler<GetFunctionCodeSigningConfigInput, GetFunctionCodeSigningConfigOutput>
{
    public ValueTask<Outcome<GetFunctionCodeSigningConfigOutput>> HandleAsync(
        GetFunctionCodeSigningConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        // AWS leaves the member out, although its model says that it is always there.
        return new(FunctionTable.Function(functions.Of(parsed.Value), parsed.Value.Name) is { } function
            ? new GetFunctionCodeSigningConfigOutput { CodeSigningConfigArn = null!, FunctionName = function.Name }
            : parsed.Value.NotFound());
    }
}
