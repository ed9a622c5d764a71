using Microsoft.Extensions.Logging;

namespace Haneul.DynamoDb;

internal static partial class Log
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Work on table {Table} failed and is tried again later")]
    public static partial void LoopFailed(ILogger logger, string table, Exception exception);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "A backup or restore of {Name} failed and is tried again later")]
    public static partial void BackupFailed(ILogger logger, string name, Exception exception);

    [LoggerMessage(EventId = 3204, Level = LogLevel.Information, Message = "Backup {Name} of table {Table} is complete with {Items} items")]
    public static partial void BackedUp(ILogger logger, string name, string table, long items);

    [LoggerMessage(EventId = 3205, Level = LogLevel.Information, Message = "Table {Table} is restored")]
    public static partial void Restored(ILogger logger, string table);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Error, Message = "Replication of table {Table} out of {Region} failed and is tried again later")]
    public static partial void ReplicationFailed(ILogger logger, string table, string region, Exception exception);
}
