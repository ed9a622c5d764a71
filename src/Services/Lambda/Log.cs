using Microsoft.Extensions.Logging;

namespace Haneul.Lambda;

/// <summary>Event ids 3200 to 3299.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3200, Level = LogLevel.Debug, Message = "Logs of {Function} were refused: {Reason}")]
    public static partial void LogsRefused(ILogger logger, string function, string? reason);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Logs of {Function} could not be written")]
    public static partial void LogsFailed(ILogger logger, string function, Exception exception);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Error, Message = "Events could not be delivered")]
    public static partial void EventsFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3204, Level = LogLevel.Warning, Message = "Destination {Destination} refused an event: {Reason}")]
    public static partial void DestinationFailed(ILogger logger, string destination, string? reason);

    [LoggerMessage(EventId = 3205, Level = LogLevel.Warning, Message = "Event source mapping {Mapping} cannot read its stream: {Reason}")]
    public static partial void StreamUnreadable(ILogger logger, string mapping, string? reason);

    [LoggerMessage(EventId = 3206, Level = LogLevel.Error, Message = "Event source mapping {Mapping} failed and is tried again")]
    public static partial void MappingFailed(ILogger logger, string mapping, Exception exception);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "Function {Function} could not be run")]
    public static partial void RunFailed(ILogger logger, string function, Exception exception);
}
