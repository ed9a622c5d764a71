namespace Haneul.CloudWatch.Expressions;

/// <summary>An expression that cannot be read or evaluated; the message is for its author.</summary>
internal sealed class MathException(string message) : Exception(message);
