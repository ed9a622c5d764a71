using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Events;

/// <summary>Settings for events, of a function or of one of its versions and aliases.</summary>
internal static class EventConfigs
{
    public static EventSettings? Find(IPartitionReader reader, FunctionReference reference) =>
        reader.GetBytes(Key(reference)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.EventSettings) : null;

    public static byte[] Key(FunctionReference reference) =>
        LambdaKeyspace.Key(LambdaKeyspace.EventConfigs, reference.Name, reference.Qualifier ?? FunctionReference.Latest);

    public static ServiceError NoFunction { get; } = LambdaErrors.ResourceNotFoundException.With("The function doesn't exist.");

    public static ServiceError NotFound(FunctionReference reference) => LambdaErrors.ResourceNotFoundException.With(
        $"The function {reference.Arn}:{reference.Qualifier ?? FunctionReference.Latest} doesn't have an EventInvokeConfig");

    /// <summary>What is wrong with destinations: they are functions of this cloud, and not the function itself.</summary>
    public static ServiceError? Check(FunctionTable functions, FunctionReference reference, DestinationConfig? config, CallContext context, string operation)
    {
        foreach (var destination in (string?[])[config?.OnSuccess?.Destination, config?.OnFailure?.Destination])
        {
            if (string.IsNullOrEmpty(destination))
            {
                continue;
            }

            if (!Arn.TryParse(destination, out var arn) || arn.Service != "lambda")
            {
                return arn?.Service is "sqs" or "sns" or "events" or "s3"
                    ? ConfigurationRules.Unsupported("destination " + destination, operation)
                    : LambdaErrors.InvalidParameterValueException.With($"The destination ARN {destination} is invalid.");
            }

            var parsed = FunctionReference.Parse(destination, qualifier: null, context);
            if (!parsed.Succeeded || !FunctionTable.Find(functions.Of(parsed.Value), parsed.Value).Succeeded)
            {
                return LambdaErrors.InvalidParameterValueException.With($"The destination ARN {destination} is invalid.");
            }

            if (parsed.Value.Arn == reference.Arn)
            {
                return LambdaErrors.InvalidParameterValueException.With("You can't specify the function as a destination for itself.");
            }
        }

        return null;
    }

    public static FunctionEventInvokeConfig Show(FunctionReference reference, EventSettings settings) => new()
    {
        LastModified = settings.LastModified,
        FunctionArn = $"{reference.Arn}:{reference.Qualifier ?? FunctionReference.Latest}",
        MaximumRetryAttempts = settings.MaxRetries,
        MaximumEventAgeInSeconds = settings.MaxAgeSeconds,
        DestinationConfig = new DestinationConfig
        {
            OnSuccess = new OnSuccess { Destination = settings.OnSuccess },
            OnFailure = new OnFailure { Destination = settings.OnFailure },
        },
    };

    public static void Put(Batch batch, FunctionReference reference, EventSettings settings) =>
        batch.Put(Key(reference), Stored.Encode(settings, RecordJson.Default.EventSettings));

    /// <summary>The destination that was given: nothing keeps what is there, an empty text takes it away.</summary>
    public static string? Take(string? given, string? former) => given is null ? former : given.Length == 0 ? null : given;
}
