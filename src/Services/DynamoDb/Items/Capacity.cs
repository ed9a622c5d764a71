using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// How many units reads and writes take.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html"/>
/// </summary>
internal static class Units
{
    public const int ReadBlock = 4096;
    public const int WriteBlock = 1024;

    public static double Read(long bytes, bool consistent) => Math.Max(1, (bytes + ReadBlock - 1) / ReadBlock) * (consistent ? 1 : 0.5);

    public static double Write(int before, int after) => Math.Max(1, (Math.Max(before, after) + WriteBlock - 1) / WriteBlock);
}

/// <summary>Adds up what writes to a table take; twice as much within transactions.</summary>
internal sealed class WriteUnits(int factor = 1)
{
    private double _table;
    private Dictionary<TableIndex, double>? _indexes;

    /// <summary>Without the indexes.</summary>
    public double Own => _table;

    public IEnumerable<KeyValuePair<TableIndex, double>> Indexes => _indexes ?? [];

    public double Total => _table + (_indexes?.Values.Sum() ?? 0);

    public void Table(int before, int after) => _table += Units.Write(before, after) * factor;

    public void Index(TableIndex index, int before, int after)
    {
        _indexes ??= [];
        _indexes[index] = _indexes.GetValueOrDefault(index) + (Units.Write(before, after) * factor);
    }

    public void Add(WriteUnits other)
    {
        _table += other._table;
        foreach (var (index, units) in other._indexes ?? [])
        {
            _indexes ??= [];
            _indexes[index] = _indexes.GetValueOrDefault(index) + units;
        }
    }

    public void Clear()
    {
        _table = 0;
        _indexes?.Clear();
    }

    /// <summary>The answer that the caller asked for; null if none.</summary>
    public ConsumedCapacity? Describe(Table table, string? wanted, bool transaction = false)
    {
        if (wanted is null or ReturnConsumedCapacity.None)
        {
            return null;
        }

        var capacity = Consumed.Describe(table, wanted, Total, _table, _indexes, write: true, transaction);
        return capacity;
    }
}

/// <summary>Writes the numbers into the contract's shapes.</summary>
internal static class Consumed
{
    public static ConsumedCapacity? Read(Table table, TableIndex? index, string? wanted, double tableUnits, double indexUnits = 0, bool transaction = false)
    {
        if (wanted is null or ReturnConsumedCapacity.None)
        {
            return null;
        }

        var indexes = index is null ? null : new Dictionary<TableIndex, double> { [index] = indexUnits };
        return Describe(table, wanted, tableUnits + indexUnits, tableUnits, indexes, write: false, transaction);
    }

    public static ConsumedCapacity Describe(
        Table table, string wanted, double total, double tableUnits, Dictionary<TableIndex, double>? indexes, bool write, bool transaction)
    {
        var detailed = wanted == ReturnConsumedCapacity.Indexes;
        return new ConsumedCapacity
        {
            TableName = table.Name,
            CapacityUnits = total,
            ReadCapacityUnits = transaction && !write ? total : null,
            WriteCapacityUnits = transaction && write ? total : null,
            Table = detailed ? One(tableUnits, write, transaction) : null,
            LocalSecondaryIndexes = detailed ? Of(indexes, local: true, write, transaction) : null,
            GlobalSecondaryIndexes = detailed ? Of(indexes, local: false, write, transaction) : null,
        };
    }

    private static Dictionary<string, Capacity>? Of(Dictionary<TableIndex, double>? indexes, bool local, bool write, bool transaction)
    {
        var found = indexes?.Where(pair => pair.Key.Local == local).ToDictionary(pair => pair.Key.Name, pair => One(pair.Value, write, transaction));
        return found is { Count: > 0 } ? found : null;
    }

    private static Capacity One(double units, bool write, bool transaction) => new()
    {
        CapacityUnits = units,
        ReadCapacityUnits = transaction && !write ? units : null,
        WriteCapacityUnits = transaction && write ? units : null,
    };
}
