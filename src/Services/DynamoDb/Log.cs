using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb;

internal static partial class Log
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Work on table {Table} failed and is tried again later")]
    public static partial void LoopFailed(ILogger logger, string table, Exception exception);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "A backup or restore of {Name} failed and is tried again later")]
    public static partial void BackupFailed(ILogger logger, string name, Exception exception);
}
