namespace Haneul.ApiGateway.Velocity;

/// <summary>A template that cannot be read, or that failed while it ran: a wrong index, or a limit.</summary>
internal sealed class VelocityException(string message) : Exception(message);
