using Haneul.Integration.Patterns;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.EventSources;

/// <summary>What connects a stream to a function.</summary>
internal sealed record MappingRecord
{
    public required string Id { get; init; }

    public required string EventSourceArn { get; init; }

    public required string Function { get; init; }

    public string? Qualifier { get; init; }

    public required string StartingPosition { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Where it stands, in AWS's words; the loop moves it on from states that end in -ing.</summary>
    public required string State { get; init; }

    /// <summary>Grows with every update: who works for an older one stops.</summary>
    public int Revision { get; init; }

    public int BatchSize { get; init; } = 100;

    public int WindowSeconds { get; init; }

    public int Parallel { get; init; } = 1;

    /// <summary>-1 for as long as the stream has the records.</summary>
    public int MaxAgeSeconds { get; init; } = -1;

    /// <summary>-1 for no limit.</summary>
    public int MaxRetries { get; init; } = -1;

    public bool Bisect { get; init; }

    /// <summary>Whether the function says which records failed.</summary>
    public bool ReportsFailures { get; init; }

    public string? OnFailure { get; init; }

    public IReadOnlyList<string> Filters { get; init; } = [];

    public DateTimeOffset LastModified { get; init; }

    public string LastResult { get; init; } = NothingYet;


    public const string NothingYet = "No records processed";

    public FunctionReference Reference(string account, string region) => new(account, region, Function, Qualifier);

    /// <summary>The filters; one of them is enough for a record.</summary>
    public EventPattern[] Patterns() =>

    [
        .. Filters.Select(filter =>
            MappingRules.TryRead(filter, out var pattern) ? pattern : throw new FormatException("A stored filter is malformed.")),
    ];

    public EventSourceMappingConfiguration Show(string account, string region) => new()
    {
        UUID = Id,
        EventSourceMappingArn = MappingTable.Arn(account, region, Id),
        EventSourceArn = EventSourceArn,
        FunctionArn = Reference(account, region).QualifiedArn,
        StartingPosition = StartingPosition,
        BatchSize = BatchSize,
        MaximumBatchingWindowInSeconds = WindowSeconds,
        ParallelizationFactor = Parallel,
        MaximumRecordAgeInSeconds = MaxAgeSeconds,
        MaximumRetryAttempts = MaxRetries,
        BisectBatchOnFunctionError = Bisect,
        TumblingWindowInSeconds = 0,
        FunctionResponseTypes = ReportsFailures ? [FunctionResponseType.ReportBatchItemFailures] : [],
        DestinationConfig = new DestinationConfig { OnFailure = new OnFailure { Destination = OnFailure } },
        FilterCriteria = Filters.Count == 0
            ? null
            : new FilterCriteria { Filters = [.. Filters.Select(pattern => new Filter { Pattern = pattern })] },
        LastModified = LastModified,
        LastProcessingResult = LastResult,
        State = State,
        StateTransitionReason = "User action",
    };
}

/// <summary>How far a shard has been worked on.</summary>
internal sealed record ShardCheckpoint
{
    /// <summary>The last record that is done.</summary>
    public string? After { get; init; }

    /// <summary>Before any is done: records that are older are none of ours.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool Finished { get; init; }
}

internal static class MappingStates
{
    public const string Creating = "Creating";
    public const string Enabling = "Enabling";
    public const string Enabled = "Enabled";
    public const string Disabling = "Disabling";
    public const string Disabled = "Disabled";
    public const string Updating = "Updating";
    public const string Deleting = "Deleting";
}
