using Microsoft.Extensions.Logging;

namespace Haneul.Compute;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2000, Level = LogLevel.Debug, Message = "A control group could not be read or written: {Reason}")]
    public static partial void GroupFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "A connection from a sandbox could not be forwarded: {Reason}")]
    public static partial void ForwardFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "A sandbox could not be ended cleanly")]
    public static partial void EndFailed(ILogger logger, Exception exception);
}
