using Haneul.Kernel.Operations;
using Microsoft.Extensions.Logging;

namespace Haneul.Gateway;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1000, Level = LogLevel.Debug, Message = "{RequestId} {Operation} {Status} {Error} in {Milliseconds:0.00} ms")]
    public static partial void Served(ILogger logger, string requestId, Operation? operation, int status, string? error, double milliseconds);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{RequestId} {Operation} failed unexpectedly")]
    public static partial void Unexpected(ILogger logger, string requestId, Operation? operation, Exception exception);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Debug, Message = "A TLS handshake for '{Host}' failed: {Reason}")]
    public static partial void HandshakeFailed(ILogger logger, string host, string reason);
}
