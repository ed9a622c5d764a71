using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Events;

/// <summary>Changes how events are retried and where they go; what is not given stays.</summary>
internal sealed class UpdateFunctionEventInvokeConfig(FunctionTable functions) : IHandler<UpdateFunctionEventInvokeConfigInput, FunctionEventInvokeConfig>
{
    public async ValueTask<Outcome<FunctionEventInvokeConfig>> HandleAsync(
        UpdateFunctionEventInvokeConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        if (EventConfigs.Check(functions, reference, input.DestinationConfig, context, "UpdateFunctionEventInvokeConfig") is { } error)
        {
            return error;
        }

        return await functions.Of(reference).UpdateAsync((reference, input, context), static (current, batch, state) =>
        {
            var (reference, input, context) = state;
            if (FunctionTable.Function(current, reference.Name) is null)
            {
                return (Outcome<FunctionEventInvokeConfig>)EventConfigs.NoFunction;
            }

            if (EventConfigs.Find(current, reference) is not { } settings)
            {
                return EventConfigs.NotFound(reference);
            }

            var changed = settings with
            {
                MaxRetries = input.MaximumRetryAttempts ?? settings.MaxRetries,
                MaxAgeSeconds = input.MaximumEventAgeInSeconds ?? settings.MaxAgeSeconds,
                OnSuccess = EventConfigs.Take(input.DestinationConfig?.OnSuccess?.Destination, settings.OnSuccess),
                OnFailure = EventConfigs.Take(input.DestinationConfig?.OnFailure?.Destination, settings.OnFailure),
                LastModified = context.Time,
            };
            EventConfigs.Put(batch, reference, changed);
            return EventConfigs.Show(reference, changed);
        });
    }
}
