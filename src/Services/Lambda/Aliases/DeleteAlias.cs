using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Aliases;

/// <summary>Deletes an alias with its policy and its other settings; one that is not there is no error.</summary>
internal sealed class DeleteAlias(FunctionTable functions) : IHandler<DeleteAliasInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteAliasInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        var batch = new Batch();
        foreach (var kind in (byte[])[LambdaKeyspace.Aliases, LambdaKeyspace.Policies, LambdaKeyspace.EventConfigs, LambdaKeyspace.Urls])
        {
            batch.Delete(LambdaKeyspace.Key(kind, reference.Name, input.Name));
        }

        await functions.Of(reference).CommitAsync(batch);
        return Unit.Value;
    }
}
