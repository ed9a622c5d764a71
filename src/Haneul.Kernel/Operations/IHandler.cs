using Haneul.Kernel.Identity;
using Haneul.Kernel.Shapes;

namespace Haneul.Kernel.Operations;

/// <summary>One operation's behaviour. The input is decoded, validated against the model and authorized before it arrives.</summary>
public interface IHandler<TInput, TOutput>
    where TInput : class, IShape
    where TOutput : class, IShape
{
    ValueTask<Outcome<TOutput>> HandleAsync(TInput input, CallContext context, CancellationToken cancel);
}
