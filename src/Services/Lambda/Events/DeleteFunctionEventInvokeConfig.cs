using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Events;

/// <summary>Takes the settings for events away.</summary>
internal sealed class DeleteFunctionEventInvokeConfig(FunctionTable functions) : IHandler<DeleteFunctionEventInvokeConfigInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteFunctionEventInvokeConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var key = EventConfigs.Key(parsed.Value);
        var batch = new Batch();
        batch.RequirePresent(key);
        batch.Delete(key);
        var committed = await functions.Of(parsed.Value).CommitAsync(batch);
        return committed.Committed ? Unit.Value : EventConfigs.NotFound(parsed.Value);
    }
}
