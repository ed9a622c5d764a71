using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Events;

/// <summary>Shows how events are retried and where they go.</summary>
internal sealed class GetFunctionEventInvokeConfig(FunctionTable functions) : IHandler<GetFunctionEventInvokeConfigInput, FunctionEventInvokeConfig>
{
    public ValueTask<Outcome<FunctionEventInvokeConfig>> HandleAsync(
        GetFunctionEventInvokeConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        return new(EventConfigs.Find(functions.Of(parsed.Value), parsed.Value) is { } settings
            ? EventConfigs.Show(parsed.Value, settings)
            : EventConfigs.NotFound(parsed.Value));
    }
}
