using System.Diagnostics.CodeAnalysis;
using Haneul.Integration.Patterns;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Events;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// What may stand in a mapping.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"/>
/// </summary>
internal static class MappingRules
{
    private const int MaxFilters = 5;

    public static ServiceError NoFunction { get; } = LambdaErrors.InvalidParameterValueException.With("Function does not exist");

    public static bool TryRead(string filter, [NotNullWhen(true)] out EventPattern? pattern) =>
        EventPattern.TryParse(filter, numbersInTexts: true, out pattern);

    /// <summary>The first parameter that was given and would have no effect.</summary>
    public static ServiceError? CheckUnused(CreateEventSourceMappingInput input) => Refuse("CreateEventSourceMapping",
        ("Tags", input.Tags is { Count: > 0 }),
        ("TumblingWindowInSeconds", input.TumblingWindowInSeconds is > 0),
        ("Topics", input.Topics is not null),
        ("Queues", input.Queues is not null),
        ("SourceAccessConfigurations", input.SourceAccessConfigurations is not null),
        ("SelfManagedEventSource", input.SelfManagedEventSource is not null),
        ("AmazonManagedKafkaEventSourceConfig", input.AmazonManagedKafkaEventSourceConfig is not null),
        ("SelfManagedKafkaEventSourceConfig", input.SelfManagedKafkaEventSourceConfig is not null),
        ("ScalingConfig", input.ScalingConfig is not null),
        ("DocumentDBEventSourceConfig", input.DocumentDBEventSourceConfig is not null),
        ("KMSKeyArn", !string.IsNullOrEmpty(input.KMSKeyArn)),
        ("MetricsConfig", input.MetricsConfig is not null),
        ("LoggingConfig", input.LoggingConfig is not null),
        ("ProvisionedPollerConfig", input.ProvisionedPollerConfig is not null));

    public static ServiceError? CheckUnused(UpdateEventSourceMappingInput input) => Refuse("UpdateEventSourceMapping",
        ("TumblingWindowInSeconds", input.TumblingWindowInSeconds is > 0),
        ("SourceAccessConfigurations", input.SourceAccessConfigurations is not null),
        ("AmazonManagedKafkaEventSourceConfig", input.AmazonManagedKafkaEventSourceConfig is not null),
        ("SelfManagedKafkaEventSourceConfig", input.SelfManagedKafkaEventSourceConfig is not null),
        ("ScalingConfig", input.ScalingConfig is not null),
        ("DocumentDBEventSourceConfig", input.DocumentDBEventSourceConfig is not null),
        ("KMSKeyArn", !string.IsNullOrEmpty(input.KMSKeyArn)),
        ("MetricsConfig", input.MetricsConfig is not null),
        ("LoggingConfig", input.LoggingConfig is not null),
        ("ProvisionedPollerConfig", input.ProvisionedPollerConfig is not null));

    /// <summary>What is wrong with the settings that can be given at any time.</summary>
    public static ServiceError? Check(
        FunctionTable functions, FunctionReference function, FilterCriteria? filters, int? maxAge, DestinationConfig? destinations,
        CallContext context, string operation)
    {
        if (destinations?.OnSuccess is not null)
        {
            return LambdaErrors.InvalidParameterValueException.With(
                "Unsupported DestinationConfig parameter for given event source mapping type.");
        }

        if (maxAge is >= 0 and < 60)
        {
            return LambdaErrors.InvalidParameterValueException.With("MaximumRecordAgeInSeconds must be -1 or from 60 to 604800.");
        }

        if (filters?.Filters is { Count: > MaxFilters })
        {
            return LambdaErrors.InvalidParameterValueException.With($"A mapping has at most {MaxFilters} filters.");
        }

        return filters?.Filters?.All(filter => filter.Pattern is { } text && TryRead(text, out _)) == false
            ? LambdaErrors.InvalidParameterValueException.With("Invalid filter pattern definition.")
            : EventConfigs.Check(functions, function, destinations, context, operation);
    }

    public static IReadOnlyList<string> Texts(FilterCriteria filters) => [.. (filters.Filters ?? []).Select(filter => filter.Pattern!)];

    public static ServiceError Duplicate(MappingRecord known) => LambdaErrors.ResourceConflictException.With(
        $"The event source arn (\" {known.EventSourceArn} \") and function (\" {known.Function} \") provided mapping already exists. "
        + $"Please update or delete the existing mapping with UUID {known.Id}");

    public static bool IsSame(MappingRecord one, MappingRecord other) =>
        one.EventSourceArn == other.EventSourceArn && one.Function == other.Function && one.Qualifier == other.Qualifier;

    /// <summary>A change meets a mapping that is still under way from the change before.</summary>
    public static ServiceError? CheckIdle(MappingRecord mapping, string verb) =>
        mapping.State is MappingStates.Enabled or MappingStates.Disabled
        ? null
        : LambdaErrors.ResourceInUseException.With($"Cannot {verb} the event source mapping because it is in use.");

    private static ServiceError? Refuse(string operation, params ReadOnlySpan<(string Name, bool Given)> parameters)
    {
        foreach (var (name, given) in parameters)
        {
            if (given)
            {
                return ConfigurationRules.Unsupported(name, operation);
            }
        }

        return null;
    }
}
