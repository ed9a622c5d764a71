namespace Haneul.Kernel.Errors;

/// <summary>
/// Errors every service may return, whether its model lists them or not.
/// <see href="https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html"/>
/// </summary>
public static class CommonErrors
{
    public static ErrorShape ValidationException { get; } = new("ValidationException", "ValidationError", 400, Sender: true);

    public static ErrorShape SerializationException { get; } = new("SerializationException", "SerializationError", 400, Sender: true);

    public static ErrorShape MalformedInput { get; } = new("MalformedInput", 400);

    public static ErrorShape UnknownOperationException { get; } = new("UnknownOperationException", 400);

    public static ErrorShape InvalidAction { get; } = new("InvalidAction", 400);

    /// <summary>Our word for what the cloud knows and this product does not serve yet.</summary>
    public static ErrorShape NotImplemented { get; } = new("NotImplemented", 501);

    public static ErrorShape AccessDeniedException { get; } = new("AccessDeniedException", "AccessDenied", 403, Sender: true);

    public static ErrorShape RequestEntityTooLarge { get; } = new("RequestEntityTooLargeException", 413);

    public static ErrorShape InternalFailure { get; } = new("InternalFailure", 500);

    public static ErrorShape ServiceUnavailable { get; } = new("ServiceUnavailable", 503);

    public static ErrorShape ThrottlingException { get; } = new("ThrottlingException", "Throttling", 400, Sender: true);
}
