using Microsoft.Extensions.Logging;

namespace Haneul.Logs;

internal static partial class Log
{
    [LoggerMessage(EventId = 3501, Level = LogLevel.Error, Message = "Old events could not be deleted")]
    public static partial void RetentionFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3502, Level = LogLevel.Warning, Message = "Subscription filter {Filter} of {Group} could not deliver: {Error}")]
    public static partial void DeliveryFailed(ILogger logger, string filter, string group, string error);
}
