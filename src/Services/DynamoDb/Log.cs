using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb;

internal static partial class Log
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Work on table {Table} failed and is tried again later")]
    public static partial void LoopFailed(ILogger logger, string table, Exception exception);
}
