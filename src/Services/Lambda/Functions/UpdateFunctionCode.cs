using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Invocations;
using Haneul.Lambda.Versions;

namespace Haneul.Lambda.Functions;

/// <summary>Gives <c>$LATEST</c> new code. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html"/></summary>
internal sealed class UpdateFunctionCode(FunctionTable functions, CodeStore code, FunctionRunner runner, IIdSource ids)
    : IHandler<UpdateFunctionCodeInput, FunctionConfiguration>
{
    public async ValueTask<Outcome<FunctionConfiguration>> HandleAsync(UpdateFunctionCodeInput input, CallContext context, CancellationToken cancel)
    {
        const string operation = "UpdateFunctionCode";
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

        var unsupported = input switch
        {
            { ImageUri: not null } => "ImageUri",
            { S3Bucket: not null } or { S3Key: not null } => "S3Bucket",
            { SourceKMSKeyArn: not null } => "SourceKMSKeyArn",
            { PublishTo: not null } => "PublishTo",
            _ => null,
        };
        if (unsupported is not null)
        {
            return ConfigurationRules.Unsupported(unsupported, operation);
        }

        if (ConfigurationRules.CheckArchitectures(input.Architectures, operation) is { } other)
        {
            return other;
        }

        if (input.ZipFile is not { } archive)
        {
            return LambdaErrors.InvalidParameterValueException.With("Please provide a source for function code.");
        }

        var added = await code.AddAsync(archive, cancel);
        if (!added.Succeeded)
        {
            return added.Error;
        }

        string? former;
        Outcome<FunctionConfiguration> outcome;
        using (var pin = added.Value)
        {
            var state = (reference, pin, input, context, ids);
            (outcome, former) = await partition.UpdateAsync(state, static (current, batch, state) =>
            {
                var (reference, pin, input, context, ids) = state;
                if (FunctionTable.Function(current, reference.Name) is not { } function
                    || FunctionTable.Version(current, reference.Name, FunctionReference.Latest) is not { } latest)
                {
                    return ((Outcome<FunctionConfiguration>)reference.NotFound(), (string?)null);
                }

                if (input.RevisionId is { } revision && revision != latest.RevisionId)
                {
                    return (FunctionTable.StaleRevision, null);
                }

                var changed = latest with { Code = pin.Name, CodeSize = pin.Size, LastModified = context.Time, RevisionId = ids.NewUuid() };
                if (input.DryRun == true)
                {
                    return (Configurations.Updating(reference, changed), null);
                }

                FunctionTable.Put(batch, reference.Name, changed with { RevisionId = ids.NewUuid() }, latest);
                return input.Publish == true
                    ? (Publication.Publish(batch, current, reference, function, changed, ids), latest.Code)
                    : (Configurations.Updating(reference, changed), latest.Code);
            });
        }

        // The pin is gone: a dry run's code goes with it, and so does the former code if no version has it.
        await code.CollectAsync([added.Value.Name, .. former is null ? [] : new[] { former }]);
        if (former is not null)
        {
            runner.Retire(reference, FunctionReference.Latest);
        }

        return outcome;
    }
}
