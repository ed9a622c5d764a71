using System.Diagnostics.CodeAnalysis;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb;

/// <summary>Errors that many operations share, and AWS's words for them.</summary>
internal static class DynamoErrors
{
    /// <summary>The words in front of most complaints about parameters.</summary>
    public const string Parameters = "One or more parameter values were invalid: ";

    public const string KeyMismatch = "The provided key element does not match the schema";

    // DynamoDB answers with its own prefix on this error, which is not one of the model's.
    private static readonly ErrorShape s_validation = new("ValidationException", 400);

    public static ServiceError ResourceNotFound { get; } = DynamoDbErrors.ResourceNotFoundException.With("Requested resource not found");

    public static ServiceError ConditionFailed { get; } =
        DynamoDbErrors.ConditionalCheckFailedException.With("The conditional request failed");

    public static ServiceError Validation(string message) => s_validation.With(message);

    public static ServiceError TableNotFound(string name) =>
        DynamoDbErrors.ResourceNotFoundException.With($"Requested resource not found: Table: {name} not found");

    /// <summary>Refuses what has no effect yet.</summary>
    public static ServiceError Unsupported(string what, string operation) =>
        Validation($"Haneul does not support {what} of {operation} yet.");

    [DoesNotReturn]
    public static void Throw(string message) => throw Validation(message).ToException();

    public static void ThrowIf([DoesNotReturnIf(true)] bool condition, string message)
    {
        if (condition)
        {
            Throw(message);
        }
    }

    /// <summary>Refuses a page that is too large, where the model does not say how large it may be.</summary>
    public static void ThrowIfAbove(int? limit, int most) => ThrowIf(
        limit > most,
        $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to {most}");

    /// <summary>Refuses attributes that are no legal values.</summary>
    public static void ThrowIfInvalid(AttributeMap? map)
    {
        if (map?.Invalid is { } message)
        {
            Throw(message);
        }
    }

    public static void ThrowIfInvalid(AttributeValue? value)
    {
        if (value?.Invalid is { } message)
        {
            Throw(message);
        }
    }
}
