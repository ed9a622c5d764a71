using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Events;

/// <summary>
/// Sets how events are retried and where they go; replaces what was set.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html"/>
/// </summary>
internal sealed class PutFunctionEventInvokeConfig(FunctionTable functions) : IHandler<PutFunctionEventInvokeConfigInput, FunctionEventInvokeConfig>
{
    public async ValueTask<Outcome<FunctionEventInvokeConfig>> HandleAsync(
        PutFunctionEventInvokeConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        if (input is { MaximumRetryAttempts: null, MaximumEventAgeInSeconds: null, DestinationConfig: null })
        {
            return LambdaErrors.InvalidParameterValueException.With("You must specify at least one of error handling or destination setting.");
        }

        if (EventConfigs.Check(functions, reference, input.DestinationConfig, context, "PutFunctionEventInvokeConfig") is { } error)
        {
            return error;
        }

        var settings = new EventSettings
        {
            MaxRetries = input.MaximumRetryAttempts,
            MaxAgeSeconds = input.MaximumEventAgeInSeconds,
            OnSuccess = EventConfigs.Take(input.DestinationConfig?.OnSuccess?.Destination, former: null),
            OnFailure = EventConfigs.Take(input.DestinationConfig?.OnFailure?.Destination, former: null),
            LastModified = context.Time,
        };
        return await functions.Of(reference).UpdateAsync((reference, settings), static (current, batch, state) =>
        {
            if (!FunctionTable.Find(current, state.reference).Succeeded)
            {
                return (Outcome<FunctionEventInvokeConfig>)EventConfigs.NoFunction;
            }

            EventConfigs.Put(batch, state.reference, state.settings);
            return EventConfigs.Show(state.reference, state.settings);
        });
    }
}
