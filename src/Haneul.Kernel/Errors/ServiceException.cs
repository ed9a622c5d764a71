namespace Haneul.Kernel.Errors;

/// <summary>Carries a <see cref="ServiceError"/> out of deep code, such as a parser; ends in the same encoder as a returned one.</summary>
public sealed class ServiceException(ServiceError error) : Exception(error.Message)
{
    public ServiceError Error { get; } = error;
}
