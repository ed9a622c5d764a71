using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Urls;

/// <summary>Takes a function's URL away.</summary>
internal sealed class DeleteFunctionUrlConfig(FunctionTable functions) : IHandler<DeleteFunctionUrlConfigInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteFunctionUrlConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var key = FunctionUrls.Key(parsed.Value);
        var batch = new Batch();
        batch.RequirePresent(key);
        batch.Delete(key);
        var committed = await functions.Of(parsed.Value).CommitAsync(batch);
        return committed.Committed ? Unit.Value : FunctionUrls.NotFound;
    }
}
