using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Backups;

/// <summary>
/// Lists backups, the oldest first, up to 100 a page; those of users, unless others are asked for.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html"/>
/// </summary>
internal sealed class ListBackups(TableStore tables) : IHandler<ListBackupsInput, ListBackupsOutput>
{
    private const int MaxBackups = 100;

    public ValueTask<Outcome<ListBackupsOutput>> HandleAsync(ListBackupsInput input, CallContext context, CancellationToken cancel)
    {
        var table = input.TableName is null ? null : TableStore.Locate(context, input.TableName).Name;
        var type = input.BackupType ?? BackupTypeFilter.User;
        var start = input.ExclusiveStartBackupArn is { } arn ? BackupTable.IdOf(arn) : null;
        DynamoErrors.ThrowIf(input.ExclusiveStartBackupArn is not null && start is null, "Invalid ExclusiveStartBackupArn");
        var limit = input.Limit ?? MaxBackups;
        var found = BackupTable.All(tables.CatalogOf(context), table)
            .Where(backup => type == BackupTypeFilter.All || backup.Type == type)
            .Where(backup => !(backup.Created < input.TimeRangeLowerBound) && !(backup.Created >= input.TimeRangeUpperBound))
            .Where(backup => start is null || string.CompareOrdinal(backup.Id, start) > 0)
            .Select(backup => backup.Summary(context.Account, context.Region))
            .Take(limit + 1)
            .ToList();
        var page = found.Take(limit).ToList();
        return new(new ListBackupsOutput { BackupSummaries = page, LastEvaluatedBackupArn = found.Count > limit ? page[^1].BackupArn : null });
    }
}
