using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Integration;

/// <summary>Invokes functions for other services, through the pipeline as everybody does.</summary>
internal sealed class LambdaFunctions(IOperationInvoker invoker) : IFunctions
{
    public async ValueTask<Outcome<FunctionResult>> InvokeAsync(
        string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel)
    {
        var outcome = await invoker.InvokeAsync(
            LambdaOperations.Invoke, new InvokeInput { FunctionName = functionArn, Payload = payload }, origin, cancel);
        return outcome.Succeeded
            ? new FunctionResult(outcome.Value.Payload ?? default, outcome.Value.FunctionError, outcome.Value.ExecutedVersion ?? FunctionReference.Latest)
            : outcome.Error;
    }

    public async ValueTask<Outcome<Unit>> SendAsync(
        string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel)
    {
        var input = new InvokeInput { FunctionName = functionArn, Payload = payload, InvocationType = InvocationType.Event };
        var outcome = await invoker.InvokeAsync(LambdaOperations.Invoke, input, origin, cancel);
        return outcome.Succeeded ? Unit.Value : outcome.Error;
    }
}
