using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Events;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Connects a stream to a function. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"/>
/// </summary>
internal sealed class CreateEventSourceMapping(FunctionTable functions, MappingTable mappings, StreamAccess access, IIdSource ids)
    : IHandler<CreateEventSourceMappingInput, EventSourceMappingConfiguration>
{
    private const string Operation = "CreateEventSourceMapping";

    public async ValueTask<Outcome<EventSourceMappingConfiguration>> HandleAsync(
        CreateEventSourceMappingInput input, CallContext context, CancellationToken cancel)
    {
        var found = Source(input);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var function = parsed.Value;
        var version = FunctionTable.Find(functions.Of(function), function);
        if (!version.Succeeded || function.Account != context.Account.Value)
        {
            return MappingRules.NoFunction;
        }

        var settings = MappingRules.Check(
            functions, function, input.FilterCriteria, input.MaximumRecordAgeInSeconds, input.DestinationConfig, context, Operation);
        if (settings is not null)
        {
            return settings;
        }

        if (await access.CheckAsync(found.Value, input.EventSourceArn!, function, version.Value, context, cancel) is { } denied)
        {
            return denied;
        }

        var outcome = await functions.Of(function).UpdateAsync(Record(input, function, context), static (current, batch, mapping) =>
        {
            if (MappingTable.All(current).Find(other => MappingRules.IsSame(mapping, other)) is { } known)
            {
                return (Outcome<MappingRecord>)MappingRules.Duplicate(known);
            }

            MappingTable.Put(batch, mapping);
            return mapping;
        });
        mappings.Changes.Pulse();
        return outcome.Succeeded ? outcome.Value.Show(function.Account, function.Region) : outcome.Error;
    }

    private Outcome<IRecordStreams> Source(CreateEventSourceMappingInput input)
    {
        if (MappingRules.CheckUnused(input) is { } unused)
        {
            return unused;
        }

        if (input.EventSourceArn is not { } arn || !Arn.TryParse(arn, out var parsed))
        {
            return LambdaErrors.InvalidParameterValueException.With("Unrecognized event source.");
        }

        if (access.Find(arn) is not { } source)
        {
            return ConfigurationRules.Unsupported($"event source {parsed.Service}", Operation);
        }

        if (input.StartingPosition is null)
        {
            return LambdaErrors.InvalidParameterValueException.With(
                "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.");
        }

        return input.StartingPosition == EventSourcePosition.AtTimestamp || input.StartingPositionTimestamp is not null
            ? LambdaErrors.InvalidParameterValueException.With("Unsupported starting position for arn type: " + arn)
            : Outcome.Of(source);
    }

    private MappingRecord Record(CreateEventSourceMappingInput input, FunctionReference function, CallContext context) => new()
    {
        Id = ids.NewUuid(),
        EventSourceArn = input.EventSourceArn!,
        Function = function.Name,
        Qualifier = function.Qualifier,
        StartingPosition = input.StartingPosition!,
        Enabled = input.Enabled ?? true,
        State = MappingStates.Creating,
        BatchSize = input.BatchSize ?? 100,
        WindowSeconds = input.MaximumBatchingWindowInSeconds ?? 0,
        Parallel = input.ParallelizationFactor ?? 1,
        MaxAgeSeconds = input.MaximumRecordAgeInSeconds ?? -1,
        MaxRetries = input.MaximumRetryAttempts ?? -1,
        Bisect = input.BisectBatchOnFunctionError ?? false,
        ReportsFailures = input.FunctionResponseTypes is { Count: > 0 },
        OnFailure = EventConfigs.Take(input.DestinationConfig?.OnFailure?.Destination, former: null),
        Filters = input.FilterCriteria is { } filters ? MappingRules.Texts(filters) : [],
        LastModified = context.Time,
    };
}
