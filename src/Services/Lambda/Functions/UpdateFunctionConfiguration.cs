using Haneul.Compute.Environments;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Invocations;
using Haneul.Lambda.Layers;

namespace Haneul.Lambda.Functions;

/// <summary>
/// Changes the configuration of <c>$LATEST</c>; what is not given stays.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html"/>
/// </summary>
internal sealed class UpdateFunctionConfiguration(FunctionTable functions, FunctionRunner runner, RuntimeCatalog runtimes, ExecutionRoles roles, LayerTable layers,
    CodeStore code, IIdSource ids)
    : IHandler<UpdateFunctionConfigurationInput, FunctionConfiguration>
{
    public async ValueTask<Outcome<FunctionConfiguration>> HandleAsync(
        UpdateFunctionConfigurationInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value with { Qualifier = null };
        var partition = functions.Of(reference);
        if (FunctionTable.Function(partition, reference.Name) is null)
        {
            return reference.NotFound();
        }

        if (await CheckAsync(input, reference, context, cancel) is { } error)
        {
            return error;
        }

        var resolved = layers.Resolve(input.Layers ?? [], context);
        if (!resolved.Succeeded)
        {
            return resolved.Error;
        }

        if (FunctionTable.Version(partition, reference.Name, FunctionReference.Latest) is { } before && layers.CheckSize(before.Code, resolved.Value) is { } tooLarge)
        {
            return tooLarge;
        }

        var used = input.Layers is null ? null : resolved.Value;
        var freed = new List<string>();
        var outcome = await partition.UpdateAsync((input, reference, context, ids, used, freed), static (current, batch, state) =>
        {
            var (input, reference, context, ids, used, freed) = state;
            if (FunctionTable.Version(current, reference.Name, FunctionReference.Latest) is not { } latest)
            {
                return (Outcome<FunctionConfiguration>)reference.NotFound();
            }

            if (input.RevisionId is { } revision && revision != latest.RevisionId)
            {
                return FunctionTable.StaleRevision;
            }

            freed.AddRange(latest.Codes);
            var changed = Apply(input, latest) with { Layers = used ?? latest.Layers, LastModified = context.Time, RevisionId = ids.NewUuid() };
            FunctionTable.Put(batch, reference.Name, changed with { RevisionId = ids.NewUuid() }, latest);
            return Configurations.Updating(reference, changed);
        });
        if (outcome.Succeeded)
        {
            runner.Retire(reference, FunctionReference.Latest);
            if (used is not null)
            {
                await code.CollectAsync(freed);
            }
        }

        return outcome;
    }

    private static VersionRecord Apply(UpdateFunctionConfigurationInput input, VersionRecord latest) => latest with
    {
        Role = input.Role ?? latest.Role,
        Handler = input.Handler ?? latest.Handler,
        Description = input.Description ?? latest.Description,
        Timeout = input.Timeout ?? latest.Timeout,
        MemorySize = input.MemorySize ?? latest.MemorySize,
        EphemeralStorage = input.EphemeralStorage?.Size ?? latest.EphemeralStorage,
        Variables = input.Environment is { } variables ? variables.Variables : latest.Variables,
        Runtime = input.Runtime ?? latest.Runtime,
        LogGroup = input.LoggingConfig?.LogGroup ?? latest.LogGroup,
    };

    private async ValueTask<ServiceError?> CheckAsync(
        UpdateFunctionConfigurationInput input, FunctionReference reference, CallContext context, CancellationToken cancel) =>
        ConfigurationRules.CheckSupported(input)
        ?? (input.Runtime is { } runtime ? ConfigurationRules.CheckRuntime(runtime, runtimes, "UpdateFunctionConfiguration") : null)
        ?? ConfigurationRules.CheckVariables(input.Environment?.Variables)
        ?? (input.Role is { } role ? await roles.CheckAsync(role, reference, context, cancel) : null);
}
