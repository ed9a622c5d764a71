using Microsoft.Extensions.Logging;

namespace Haneul.AutoScaling;

internal static partial class Log
{
    [LoggerMessage(EventId = 3401, Level = LogLevel.Error, Message = "A round of scaling failed")]
    public static partial void RoundFailed(ILogger logger, Exception exception);
}
