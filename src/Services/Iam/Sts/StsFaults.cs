using Haneul.Kernel.Errors;

namespace Haneul.Iam.Sts;

/// <summary>STS's errors that its model does not list.</summary>
internal static class StsFaults
{
    private static readonly ErrorShape s_invalidParameter = new("InvalidParameterValue", 400);

    public static ServiceException InvalidParameter(string message) => s_invalidParameter.With(message).ToException();

    public static ServiceException Validation(string message) => CommonErrors.ValidationException.With(message).ToException();

    public static ServiceException AccessDenied(string message) => CommonErrors.AccessDeniedException.With(message).ToException();

    public static ServiceException Unsupported(string parameter, string operation) =>
        Validation($"Haneul does not support {parameter} of {operation} yet.");
}
