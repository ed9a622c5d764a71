using Microsoft.Extensions.Logging;

namespace Haneul.Integration.Metrics;

internal static partial class Log
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "A minute's metrics were not stored")]
    public static partial void ReportFailed(ILogger logger, Exception exception);
}
