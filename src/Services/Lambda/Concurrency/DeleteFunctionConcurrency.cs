using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Concurrency;

/// <summary>Gives a function's reserved places back to all.</summary>
internal sealed class DeleteFunctionConcurrency(FunctionTable functions) : IHandler<DeleteFunctionConcurrencyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteFunctionConcurrencyInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = ReservedPlaces.Parse(input.FunctionName, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        return await functions.Of(parsed.Value).UpdateAsync(parsed.Value, static (current, batch, reference) =>
        {
            if (FunctionTable.Function(current, reference.Name) is not { } function)
            {
                return (Outcome<Unit>)reference.NotFound();
            }

            FunctionTable.Put(batch, function with { ReservedConcurrency = null });
            return Unit.Value;
        });
    }
}
