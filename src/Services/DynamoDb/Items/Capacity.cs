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
    // Most writes are of one item in no index.
    private Part _first;
    private List<Part>? _rest;

    /// <param name="token">Of the item's hash key.</param>
    /// <param name="before">The item's size so far.</param>
    /// <param name="after">Its size from now on.</param>
    public void Table(uint token, int before, int after) => Add(new Part(null, token, Units.Write(before, after) * factor));

    /// <param name="index">The index.</param>
    /// <param name="token">Of the entry's hash key.</param>
    /// <param name="before">The entry's size so far.</param>
    /// <param name="after">Its size from now on.</param>
    public void Index(TableIndex index, uint token, int before, int after) => Add(new Part(index, token, Units.Write(before, after) * factor));

    public void Add(WriteUnits other)
    {
        if (other._first.Units > 0)
        {
            Add(other._first);
        }

        if (other._rest is not null)
        {
            other._rest.ForEach(Add);
        }
    }

    public void Clear()
    {
        _first = default;
        _rest?.Clear();
    }

    /// <summary>Tells the meters of the table and its indexes.</summary>
    public void Charge(Table table)
    {
        if (_first.Units > 0)
        {
            _first.Charge(table);
        }

        if (_rest is not null)
        {
            foreach (var part in _rest)
            {
                part.Charge(table);
            }
        }
    }

    /// <summary>The answer that the caller asked for; null if none.</summary>
    public ConsumedCapacity? Describe(Table table, string? wanted, bool transaction = false)
    {
        if (wanted is null or ReturnConsumedCapacity.None)
        {
            return null;
        }

        double own = 0;
        var indexes = new Dictionary<TableIndex, double>();
        foreach (var part in (_rest ?? []).Prepend(_first))
        {
            if (part.Index is null)
            {
                own += part.Units;
            }
            else
            {
                indexes[part.Index] = indexes.GetValueOrDefault(part.Index) + part.Units;
            }
        }

        return Consumed.Describe(table, wanted, own + indexes.Values.Sum(), own, indexes, write: true, transaction);
    }

    private void Add(Part part)
    {
        if (_first.Units == 0)
        {
            _first = part;
        }
        else
        {
            (_rest ??= []).Add(part);
        }
    }

    private readonly record struct Part(TableIndex? Index, uint Token, double Units)
    {
        public void Charge(Table table) => (Index is null ? table.Writes : Index.Writes).Charge(Token, Units);
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
