using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway;

/// <summary>Event ids 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 5000, Level = LogLevel.Warning, Message = "{RequestId} {Api} {Route}: the function was not called: {Error}: {Reason}")]
    public static partial void NotCalled(ILogger logger, string requestId, string? api, string route, string error, string? reason);

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "{RequestId} {Api} {Route}: the function failed, or its answer has not the form that its payload format asks for")]
    public static partial void BadAnswer(ILogger logger, string requestId, string? api, string route);

    [LoggerMessage(EventId = 5040, Level = LogLevel.Warning, Message = "What usage plans have counted could not be stored; it is tried again")]
    public static partial void UsageNotStored(ILogger logger, Exception exception);
}
