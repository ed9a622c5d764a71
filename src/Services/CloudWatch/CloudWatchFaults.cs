using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.CloudWatch;

/// <summary>Short forms of the errors that most operations share.</summary>
internal static class CloudWatchFaults
{
    public static ServiceError Value(string message) => CloudWatchErrors.InvalidParameterValueException.With(message);

    public static ServiceError Combination(string message) => CloudWatchErrors.InvalidParameterCombinationException.With(message);

    public static ServiceError Missing(string message) => CloudWatchErrors.MissingRequiredParameterException.With(message);

    public static ServiceError Validation(string message) => CommonErrors.ValidationException.With(message);

    public static ServiceError Unsupported(string what, string operation) => Value($"Haneul does not support {what} of {operation} yet.");
}
