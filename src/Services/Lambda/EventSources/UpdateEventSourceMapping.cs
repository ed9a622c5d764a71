using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Events;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Changes a mapping, stops it or starts it again where it stopped; what is not given stays.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html"/>
/// </summary>
internal sealed class UpdateEventSourceMapping(FunctionTable functions, MappingTable mappings, StreamAccess access)
    : IHandler<UpdateEventSourceMappingInput, EventSourceMappingConfiguration>
{
    private const string Operation = "UpdateEventSourceMapping";

    public async ValueTask<Outcome<EventSourceMappingConfiguration>> HandleAsync(
        UpdateEventSourceMappingInput input, CallContext context, CancellationToken cancel)
    {
        var partition = mappings.Of(context);
        if (MappingTable.Find(partition, input.UUID) is not { } mapping)
        {
            return MappingTable.NotFound;
        }

        if (MappingRules.CheckUnused(input) is { } unused)
        {
            return unused;
        }

        var function = mapping.Reference(context.Account.Value, context.Region.Name);
        if (input.FunctionName is { } name)
        {
            var parsed = FunctionReference.Parse(name, qualifier: null, context);
            if (!parsed.Succeeded)
            {
                return parsed.Error;
            }

            function = parsed.Value;
            var version = FunctionTable.Find(functions.Of(function), function);
            if (!version.Succeeded || function.Account != context.Account.Value)
            {
                return MappingRules.NoFunction;
            }

            if (access.Find(mapping.EventSourceArn) is { } source
                && await access.CheckAsync(source, mapping.EventSourceArn, function, version.Value, context, cancel) is { } denied)
            {
                return denied;
            }
        }

        var error = MappingRules.Check(
            functions, function, input.FilterCriteria, input.MaximumRecordAgeInSeconds, input.DestinationConfig, context, Operation);
        if (error is not null)
        {
            return error;
        }

        var outcome = await partition.UpdateAsync((input, function, context), static (current, batch, change) =>
        {
            if (MappingTable.Find(current, change.input.UUID) is not { } mapping)
            {
                return (Outcome<MappingRecord>)MappingTable.NotFound;
            }

            if (MappingRules.CheckIdle(mapping, "update") is { } busy)
            {
                return busy;
            }

            var changed = Change(mapping, change.input, change.function, change.context);
            if (MappingTable.All(current).Find(other => other.Id != changed.Id && MappingRules.IsSame(changed, other)) is { } known)
            {
                return MappingRules.Duplicate(known);
            }

            MappingTable.Put(batch, changed);
            return changed;
        });
        mappings.Changes.Pulse();
        return outcome.Succeeded ? outcome.Value.Show(context.Account.Value, context.Region.Name) : outcome.Error;
    }

    private static MappingRecord Change(
        MappingRecord mapping, UpdateEventSourceMappingInput input, FunctionReference function, CallContext context)
    {
        var enabled = input.Enabled ?? mapping.Enabled;
        return mapping with
        {
            Function = function.Name,
            Qualifier = function.Qualifier,
            Enabled = enabled,
            State = enabled == mapping.Enabled ? MappingStates.Updating : enabled ? MappingStates.Enabling : MappingStates.Disabling,
            Revision = mapping.Revision + 1,
            BatchSize = input.BatchSize ?? mapping.BatchSize,
            WindowSeconds = input.MaximumBatchingWindowInSeconds ?? mapping.WindowSeconds,
            Parallel = input.ParallelizationFactor ?? mapping.Parallel,
            MaxAgeSeconds = input.MaximumRecordAgeInSeconds ?? mapping.MaxAgeSeconds,
            MaxRetries = input.MaximumRetryAttempts ?? mapping.MaxRetries,
            Bisect = input.BisectBatchOnFunctionError ?? mapping.Bisect,
            ReportsFailures = input.FunctionResponseTypes is { } types ? types.Count > 0 : mapping.ReportsFailures,
            OnFailure = EventConfigs.Take(input.DestinationConfig?.OnFailure?.Destination, mapping.OnFailure),
            Filters = input.FilterCriteria is { } filters ? MappingRules.Texts(filters) : mapping.Filters,
            LastModified = context.Time,
        };
    }
}
