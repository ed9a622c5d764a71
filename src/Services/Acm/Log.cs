using Microsoft.Extensions.Logging;

namespace Haneul.Acm;

/// <summary>Event ids 1900 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1900, Level = LogLevel.Error, Message = "Certificates could not be renewed; this is tried again")]
    public static partial void RenewalFailed(ILogger logger, Exception exception);
}
