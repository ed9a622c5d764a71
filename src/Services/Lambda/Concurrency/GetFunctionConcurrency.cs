using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Concurrency;

/// <summary>Shows how many places a function has reserved; nothing if it has none.</summary>
internal sealed class GetFunctionConcurrency(FunctionTable functions) : IHandler<GetFunctionConcurrencyInput, GetFunctionConcurrencyOutput>
{
    public ValueTask<Outcome<GetFunctionConcurrencyOutput>> HandleAsync(
        GetFunctionConcurrencyInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = ReservedPlaces.Parse(input.FunctionName, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        return new(FunctionTable.Function(functions.Of(parsed.Value), parsed.Value.Name) is { } function
            ? new GetFunctionConcurrencyOutput { ReservedConcurrentExecutions = function.ReservedConcurrency }
            : parsed.Value.NotFound());
    }
}
