using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Values;
using Haneul.Storage;

namespace Haneul.DynamoDb.Reads;

/// <summary>Reads entries until the page is full: by number, or by AWS's limit of 1 MB before any filter.</summary>
internal sealed class PageReader(ReadView view, ReadPlan plan)
{
    private const int MaxBytes = 1024 * 1024;

    private uint _token;

    public List<AttributeMap> Items { get; } = [];

    /// <summary>How many items passed the filter.</summary>
    public int Count { get; private set; }

    /// <summary>How many items were looked at.</summary>
    public int Scanned { get; private set; }

    /// <summary>The size of what was read from the view.</summary>
    public long Bytes { get; private set; }

    /// <summary>The units of reading items from the table that a local index does not carry, before halving.</summary>
    public double Fetched { get; private set; }

    public AttributeMap? LastKey { get; private set; }

    /// <param name="source">Where the entries come from.</param>
    /// <param name="table">Where whole items come from, if the plan needs them.</param>
    /// <param name="token">Where on the ring the page begins: the partition that it counts against.</param>
    /// <param name="limit">How many items are looked at, at most.</param>
    /// <param name="cancel">Ends the work between two items.</param>
    public void Read(EntrySource source, IPartitionReader? table, uint token, int limit, CancellationToken cancel)
    {
        _token = token;
        if (view.Reads.Check(token) is { } exceeded)
        {
            throw exceeded.ToException();
        }

        Walk(source, table, limit, cancel);
    }

    private void Walk(EntrySource source, IPartitionReader? table, int limit, CancellationToken cancel)
    {
        long total = 0;
        while (source.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            var item = StoredItem.Read(source.Value, out var size);
            Scanned++;
            Bytes += size;
            total += size;
            if (plan.Fetch)
            {
                total += Fetch(item, table!);
            }
            else
            {
                Take(item);
            }

            if (Scanned == limit || total >= MaxBytes)
            {
                LastKey = view.LastKey(item);
                return;
            }
        }
    }

    /// <summary>The units of the page, on the table and on the index, which the meters are told.</summary>
    public (double Table, double Index) Charge(bool consistent)
    {
        var own = Units.Read(Bytes, consistent);
        var (table, index) = view.Index is null ? (own, 0) : (Fetched * (consistent ? 1 : 0.5), own);
        view.Reads.Charge(_token, own);
        if (table > 0 && view.Index is not null)
        {
            view.Table.Reads.Charge(_token, table);
        }

        return (table, index);
    }

    private int Fetch(ReadOnlySpan<byte> entry, IPartitionReader table)
    {
        using var stored = table.Get(ItemKey.Make(view.Table, entry).Bytes);
        var item = StoredItem.Read(stored.Span, out var size);
        Fetched += Units.Read(size, consistent: true);
        Take(item);
        return size;
    }

    private void Take(ReadOnlySpan<byte> item)
    {
        if (plan.Filter?.Holds(item) == false)
        {
            return;
        }

        Count++;
        if (!plan.CountOnly)
        {
            Items.Add(new AttributeMap(plan.Projection is null ? item.ToArray() : plan.Projection.Apply(item)));
        }
    }
}
