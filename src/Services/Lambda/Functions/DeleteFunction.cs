using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Invocations;
using Haneul.Storage;

namespace Haneul.Lambda.Functions;

/// <summary>
/// Deletes a function with all that belongs to it, or one published version of it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html"/>
/// </summary>
internal sealed class DeleteFunction(FunctionTable functions, CodeStore code, FunctionRunner runner) : IHandler<DeleteFunctionInput, DeleteFunctionOutput>
{
    public async ValueTask<Outcome<DeleteFunctionOutput>> HandleAsync(DeleteFunctionInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        if (reference.Qualifier == FunctionReference.Latest)
        {
            return LambdaErrors.InvalidParameterValueException.With("$LATEST version cannot be deleted without deleting the function.");
        }

        if (reference.Qualifier is { } qualifier && !FunctionTable.IsNumber(qualifier))
        {
            return LambdaErrors.InvalidParameterValueException.With("Deletion of aliases is not currently supported.");
        }

        var (outcome, freed) = await functions.Of(reference).UpdateAsync(reference, static (current, batch, reference) =>
            reference.Qualifier is { } version ? DeleteVersion(current, batch, reference, version) : DeleteAll(current, batch, reference));
        if (outcome.Succeeded)
        {
            runner.Retire(reference, reference.Qualifier);
            await code.CollectAsync(freed);
        }

        return outcome;
    }

    private static (Outcome<DeleteFunctionOutput> Outcome, List<string> Freed) DeleteAll(IPartitionReader current, Batch batch, FunctionReference reference)
    {
        if (FunctionTable.Function(current, reference.Name) is null)
        {
            return (reference.NotFound(), []);
        }

        var freed = new List<string>();
        foreach (var version in FunctionTable.Versions(current, reference.Name))
        {
            FunctionTable.Release(batch, reference.Name, version);
            freed.AddRange(version.Codes);
        }

        batch.Delete(LambdaKeyspace.Function(reference.Name));
        foreach (var kind in (byte[])[
            LambdaKeyspace.Versions, LambdaKeyspace.Aliases, LambdaKeyspace.Policies, LambdaKeyspace.EventConfigs, LambdaKeyspace.Urls])
        {
            batch.DeleteRange(KeyRange.Prefix(LambdaKeyspace.Key(kind, reference.Name)));
        }

        return (new DeleteFunctionOutput { StatusCode = 204 }, freed);
    }

    private static (Outcome<DeleteFunctionOutput> Outcome, List<string> Freed) DeleteVersion(
        IPartitionReader current, Batch batch, FunctionReference reference, string version)
    {
        if (FunctionTable.Function(current, reference.Name) is null)
        {
            return ((reference with { Qualifier = null }).NotFound(), []);
        }

        if (FunctionTable.Version(current, reference.Name, version) is not { } record)
        {
            // A version that is gone already is no error.
            return (new DeleteFunctionOutput { StatusCode = 204 }, []);
        }

        var aliases = new List<string>();
        foreach (var entry in current.Scan(KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.Aliases, reference.Name))))
        {
            var alias = Stored.Decode(entry.Value, RecordJson.Default.AliasRecord);
            if (alias.Version == version || alias.OtherVersion == version)
            {
                aliases.Add(alias.Name);
            }
        }

        if (aliases.Count > 0)
        {
            return (LambdaErrors.ResourceConflictException.With(
                $"Unable to delete version because the following aliases reference it: [{string.Join(", ", aliases)}]"), []);
        }

        batch.Delete(LambdaKeyspace.Version(reference.Name, version));
        FunctionTable.Release(batch, reference.Name, record);
        batch.Delete(LambdaKeyspace.Key(LambdaKeyspace.Policies, reference.Name, version));
        batch.Delete(LambdaKeyspace.Key(LambdaKeyspace.EventConfigs, reference.Name, version));
        return (new DeleteFunctionOutput { StatusCode = 204 }, [.. record.Codes]);
    }
}
