using Haneul.Kernel.Identity;
using Haneul.Kernel.Shapes;

namespace Haneul.Kernel.Operations;

/// <summary>Calls operations from inside the cloud: typed input, no HTTP; authorized, metered and recorded like any other call.</summary>
public interface IOperationInvoker
{
    ValueTask<Outcome<TOutput>> InvokeAsync<TInput, TOutput>(
        Operation<TInput, TOutput> operation, TInput input, CallContext context, CancellationToken cancel)
        where TInput : class, IShape<TInput>
        where TOutput : class, IShape<TOutput>;
}
