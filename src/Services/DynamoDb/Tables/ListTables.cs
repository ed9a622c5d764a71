using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Lists the tables of an account and region by name, up to 100 a page.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html"/>
/// </summary>
internal sealed class ListTables(TableStore tables) : IHandler<ListTablesInput, ListTablesOutput>
{
    public ValueTask<Outcome<ListTablesOutput>> HandleAsync(ListTablesInput input, CallContext context, CancellationToken cancel)
    {
        var range = KeyRange.Prefix([DynamoDbKeyspace.TableRecords]);
        if (input.ExclusiveStartTableName is { } start)
        {
            range = range.After(DynamoDbKeyspace.Table(start));
        }

        var limit = input.Limit ?? 100;
        var names = new List<string>();
        string? last = null;
        foreach (var entry in tables.CatalogOf(context).Scan(range))
        {
            if (TableRecord.Decode(entry.Value).GoneAt <= tables.Now)
            {
                continue;
            }

            if (names.Count == limit)
            {
                last = names[^1];
                break;
            }

            var key = new KeyReader(entry.Key);
            key.ReadByte();
            names.Add(key.ReadText());
        }

        return new(new ListTablesOutput { TableNames = names, LastEvaluatedTableName = last });
    }
}
