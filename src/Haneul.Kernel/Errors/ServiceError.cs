using Haneul.Kernel.Shapes;

namespace Haneul.Kernel.Errors;

/// <summary>An error as a value: what a handler returns instead of its output.</summary>
public sealed record ServiceError(ErrorShape Shape, string? Message, IShape? Details = null)
{
    public ServiceException ToException() => new(this);
}
