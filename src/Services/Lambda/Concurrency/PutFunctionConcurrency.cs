using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;

namespace Haneul.Lambda.Concurrency;

/// <summary>
/// Reserves places for a function's invocations: it gets as many, and never more.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html"/>
/// </summary>
internal sealed class PutFunctionConcurrency(FunctionTable functions) : IHandler<PutFunctionConcurrencyInput, Contracts.Concurrency>
{
    public async ValueTask<Outcome<Contracts.Concurrency>> HandleAsync(PutFunctionConcurrencyInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = ReservedPlaces.Parse(input.FunctionName, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        var wanted = input.ReservedConcurrentExecutions ?? 0;
        return await functions.Of(reference).UpdateAsync((reference, wanted), static (current, batch, state) =>
        {
            var (reference, wanted) = state;
            if (FunctionTable.Function(current, reference.Name) is not { } function)
            {
                return (Outcome<Contracts.Concurrency>)(reference with { Qualifier = FunctionReference.Latest }).NotFound();
            }

            if (wanted > 0 && ConcurrencyGate.AccountLimit - ReservedPlaces.OfAll(current, except: reference.Name) - wanted < ConcurrencyGate.MinUnreserved)
            {
                return LambdaErrors.InvalidParameterValueException.With(
                    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of "
                    + $"[{ConcurrencyGate.MinUnreserved}].");
            }

            FunctionTable.Put(batch, function with { ReservedConcurrency = wanted });
            return new Contracts.Concurrency { ReservedConcurrentExecutions = wanted };
        });
    }
}
