using Microsoft.Extensions.Logging;

namespace Haneul.CloudWatch;

internal static partial class Log
{
    [LoggerMessage(EventId = 3301, Level = LogLevel.Error, Message = "Old points of metrics could not be moved")]
    public static partial void TrimFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Error, Message = "Alarms could not be evaluated")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3303, Level = LogLevel.Warning, Message = "Action {Action} of alarm {Alarm} failed: {Error}")]
    public static partial void ActionFailed(ILogger logger, string action, string alarm, string error);
}
