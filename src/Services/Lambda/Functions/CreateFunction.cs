using Haneul.Compute.Environments;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Invocations;
using Haneul.Lambda.Layers;
using Haneul.Storage;

namespace Haneul.Lambda.Functions;

/// <summary>Creates a function. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"/></summary>
internal sealed class CreateFunction(FunctionTable functions, CodeStore code, RuntimeCatalog runtimes, ExecutionRoles roles, LayerTable layers, IIdSource ids)
    : IHandler<CreateFunctionInput, FunctionConfiguration>
{
    public async ValueTask<Outcome<FunctionConfiguration>> HandleAsync(CreateFunctionInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value with { Qualifier = null };
        if (await CheckAsync(input, reference, context, cancel) is { } error)
        {
            return error;
        }

        var resolved = layers.Resolve(input.Layers ?? [], context);
        if (!resolved.Succeeded)
        {
            return resolved.Error;
        }

        var added = await code.AddAsync(input.Code.ZipFile!.Value, cancel);
        if (!added.Succeeded)
        {
            return added.Error;
        }

        using var pin = added.Value;
        if (layers.CheckSize(pin.Name, resolved.Value) is { } tooLarge)
        {
            return tooLarge;
        }

        var version = Describe(input, reference, context, pin) with { Layers = resolved.Value };
        var batch = new Batch();
        batch.RequireAbsent(LambdaKeyspace.Function(reference.Name));
        FunctionTable.Put(batch, new FunctionRecord
        {
            Name = reference.Name,
            NextVersion = input.Publish == true ? 2 : 1,
            Tags = input.Tags ?? new Dictionary<string, string>(),
        });

        // What the caller sees is being created; by the time the answer arrives it is ready, and that is another revision.
        FunctionTable.Put(batch, reference.Name, version with { RevisionId = ids.NewUuid() });
        var published = version with { Version = "1" };
        if (input.Publish == true)
        {
            FunctionTable.Put(batch, reference.Name, published with { RevisionId = ids.NewUuid() });
        }

        var committed = await functions.Of(reference).CommitAsync(batch);
        if (!committed.Committed)
        {
            return LambdaErrors.ResourceConflictException.With("Function already exist: " + reference.Name);
        }

        return input.Publish == true
            ? Configurations.Creating(reference, published, "1")
            : Configurations.Creating(reference, version, qualifier: null);
    }

    private async ValueTask<ServiceError?> CheckAsync(CreateFunctionInput input, FunctionReference reference, CallContext context, CancellationToken cancel)
    {
        if (reference.Name.Length > FunctionReference.MaxNameLength)
        {
            return LambdaErrors.InvalidParameterValueException.With(
                $"1 validation error detected: Value '{reference.Name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64");
        }

        if (ConfigurationRules.CheckSupported(input) is { } unsupported)
        {
            return unsupported;
        }

        if (input.Code.ZipFile is null)
        {
            return LambdaErrors.InvalidParameterValueException.With("Please provide a source for function code.");
        }

        if (input.Runtime is null || input.Handler is null)
        {
            return LambdaErrors.InvalidParameterValueException.With("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }

        return ConfigurationRules.CheckRuntime(input.Runtime, runtimes, "CreateFunction")
            ?? ConfigurationRules.CheckArchitectures(input.Architectures, "CreateFunction")
            ?? ConfigurationRules.CheckVariables(input.Environment?.Variables)
            ?? Tags.TagRules.Check(input.Tags)
            ?? await roles.CheckAsync(input.Role, reference, context, cancel);
    }

    private VersionRecord Describe(CreateFunctionInput input, FunctionReference reference, CallContext context, CodeStore.CodePin pin) => new()
    {
        Version = FunctionReference.Latest,
        Runtime = input.Runtime!,
        Role = input.Role,
        Handler = input.Handler!,
        Description = input.Description ?? "",
        Timeout = input.Timeout ?? 3,
        MemorySize = input.MemorySize ?? 128,
        EphemeralStorage = input.EphemeralStorage?.Size ?? 512,
        Variables = input.Environment?.Variables,
        Architecture = ConfigurationRules.Machine,
        Code = pin.Name,
        CodeSize = pin.Size,
        LastModified = context.Time,
        RevisionId = ids.NewUuid(),
        LogGroup = input.LoggingConfig?.LogGroup ?? "/aws/lambda/" + reference.Name,
    };
}
