using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway;

/// <summary>Event ids 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 5000, Level = LogLevel.Warning, Message = "{RequestId} {Api} {Route}: the function was not called: {Error}: {Reason}")]
    public static partial void NotCalled(ILogger logger, string requestId, string? api, string route, string error, string? reason);

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "{RequestId} {Api} {Route}: the function failed, or its answer has not the form that its payload format asks for")]
    public static partial void BadAnswer(ILogger logger, string requestId, string? api, string route);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "{RequestId} {Api}: authorizer {Authorizer} did not let the request in: {Reason}")]
    public static partial void NotAuthorized(ILogger logger, string requestId, string api, string authorizer, string? reason);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "{Lines} lines of access logs were lost: they came faster than they were written")]
    public static partial void AccessLinesLost(ILogger logger, long lines);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "Lines of the access log {Group} were refused: {Error}: {Reason}")]
    public static partial void AccessLinesRefused(ILogger logger, string group, string error, string? reason);

    [LoggerMessage(EventId = 5005, Level = LogLevel.Error, Message = "Lines of the access log {Group} were not written")]
    public static partial void AccessLinesFailed(ILogger logger, string group, Exception exception);

    [LoggerMessage(EventId = 5020, Level = LogLevel.Warning, Message = "{RequestId} {Api}: a mapping template failed: {Reason}")]
    public static partial void TemplateFailed(ILogger logger, string requestId, string? api, string reason);

    [LoggerMessage(EventId = 5021, Level = LogLevel.Warning, Message = "The execution log {Group} was not written: {Error}: {Reason}")]
    public static partial void ExecutionLogRefused(ILogger logger, string group, string error, string? reason);

    [LoggerMessage(EventId = 5022, Level = LogLevel.Error, Message = "The execution log {Group} was not written")]
    public static partial void ExecutionLogFailed(ILogger logger, string group, Exception exception);

    [LoggerMessage(EventId = 5023, Level = LogLevel.Warning, Message = "Execution logs of {Requests} requests were lost: they came faster than they were written")]
    public static partial void ExecutionLogsLost(ILogger logger, long requests);

    [LoggerMessage(EventId = 5040, Level = LogLevel.Warning, Message = "What usage plans have counted could not be stored; it is tried again")]
    public static partial void UsageNotStored(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5010, Level = LogLevel.Error, Message = "{Api}: a message of connection {Connection} was not served")]
    public static partial void MessageFailed(ILogger logger, string api, string connection, Exception exception);
}
