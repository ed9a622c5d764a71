namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>
/// What <c>$input.path</c> and <c>$context</c> answer where there is nothing: it writes nothing, equals null as well as the empty text, and so does
/// every property of it. API Gateway's templates rely on that where Velocity itself would write the reference.
/// </summary>
internal sealed class VelocityNothing
{
    private VelocityNothing()
    {
    }

    public static VelocityNothing Instance { get; } = new();
}
