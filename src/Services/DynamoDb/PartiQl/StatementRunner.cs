using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>Runs single statements.</summary>
internal sealed class StatementRunner(TableStore tables, ItemWriter writer)
{
    public const string DuplicateMessage = "Duplicate primary key exists in table";

    public TableStore Tables => tables;

    /// <summary>Runs a statement that changes an item.</summary>
    public async ValueTask<(ServiceError? Error, AttributeMap? Returned, ConsumedCapacity? Consumed, Table Table)> WriteAsync(
        CallContext context, Statement statement, string? capacity, string? onFailure)
    {
        var units = new WriteUnits();
        var change = StatementPlan.Change(statement, tables.Use(context, statement.Table));
        var (result, table) = await writer.WriteAsync(context, statement.Table, change, units);
        var consumed = units.Describe(table, capacity);
        if (result.ConditionFailed)
        {
            var error = statement is InsertStatement ? DynamoDbErrors.DuplicateItemException.With(DuplicateMessage) : result.Failure(onFailure);
            return (error, null, consumed, table);
        }

        var returned = statement switch
        {
            UpdateStatement update => UpdateItem.Returned(update.Returning, result, update.Actions),
            DeleteStatement { Returning: ReturnValue.AllOld } when result.Old is { } old => new AttributeMap(old),
            _ => null,
        };
        return (null, returned, consumed, table);
    }

    /// <summary>Reads a page of what a SELECT is about.</summary>
    public SelectPage Select(
        CallContext context, SelectStatement statement, bool consistent, int limit, string? token, string? capacity, CancellationToken cancel)
    {
        var table = tables.Use(context, statement.Table);
        var index = ReadPlan.FindIndex(table, statement.Index, consistent);
        DynamoErrors.ThrowIf(
            index?.Key.IsComposite == true,
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.");
        var view = new ReadView(tables.Store, table, index);
        var plan = new ReadPlan { Filter = statement.Where };
        plan.Settle(index, null, statement.Paths);
        var (hashes, range) = StatementPlan.Keys(view.Key, statement.Where);
        var order = Order(statement, view.Key, hashes.Count > 0);
        var (step, start) = ReadToken(token);
        if (hashes.Count == 0)
        {
            DynamoErrors.ThrowIf(step != 0, "Invalid NextToken");
            var page = Scan.Read(view, plan, 0, 1, start, limit, cancel);
            return Finish(view, [page], page.LastKey is null ? null : Token(0, page.LastKey), consistent, capacity);
        }

        DynamoErrors.ThrowIf(step >= hashes.Count, "Invalid NextToken");
        var pages = new List<PageReader>();
        for (var left = limit; step < hashes.Count; step++, start = null)
        {
            var (lower, upper, ring) = view.Bounds(hashes[step], range);
            if (start is not null)
            {
                var position = view.Position(start.Span);
                DynamoErrors.ThrowIf(position is null, "Invalid NextToken");
                lower = order == ScanOrder.Ascending ? [.. position!, 0] : lower;
                upper = order == ScanOrder.Descending ? position! : upper;
            }

            var page = Query.Read(view, plan, lower, upper, ring, order, left, cancel);
            pages.Add(page);
            left -= page.Scanned;
            if (page.LastKey is not null)
            {
                return Finish(view, pages, Token(step, page.LastKey), consistent, capacity);
            }
        }

        return Finish(view, pages, null, consistent, capacity);
    }

    private static SelectPage Finish(ReadView view, List<PageReader> pages, string? token, bool consistent, string? capacity)
    {
        var units = pages.Select(page => page.Charge(consistent)).ToList();
        return new SelectPage(
            [.. pages.SelectMany(page => page.Items)],
            token,
            Consumed.Read(view.Table, view.Index, capacity, units.Sum(pair => pair.Table), units.Sum(pair => pair.Index)),
            pages[^1].LastKey);
    }

    private static ScanOrder Order(SelectStatement statement, KeySchema schema, bool keyed)
    {
        if (statement.OrderBy.Count == 0)
        {
            return ScanOrder.Ascending;
        }

        DynamoErrors.ThrowIf(!keyed, "Must have WHERE clause in the statement when using ORDER BY clause.");
        foreach (var (attribute, _) in statement.OrderBy)
        {
            DynamoErrors.ThrowIf(!schema.Has(attribute), $"Variable reference {attribute} in ORDER BY clause must be part of the primary key");
        }

        return statement.OrderBy[^1].Descending ? ScanOrder.Descending : ScanOrder.Ascending;
    }

    // Where to go on: which of the hash keys, and behind which item.
    private static string Token(int step, AttributeMap last) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{step}:{last}")));

    private static (int Step, AttributeMap? Start) ReadToken(string? token)
    {
        if (token is null)
        {
            return (0, null);
        }

        try
        {
            var bytes = Convert.FromBase64String(token);
            if (Utf8Parser.TryParse(bytes, out int step, out var read) && step >= 0 && read < bytes.Length && bytes[read] == (byte)':')
            {
                var json = new Utf8JsonReader(bytes.AsSpan(read + 1));
                json.Read();
                using var written = new ValueWriter(128);
                JsonValues.ReadMap(ref json, written, depth: 0, out _);
                if (written.Invalid is null)
                {
                    return (step, new AttributeMap(written.Written.ToArray()));
                }
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException or WireFormatException)
        {
            // Not one of ours; refused below.
        }

        throw DynamoErrors.Validation("Invalid NextToken").ToException();
    }
}

/// <param name="Items">What was found.</param>
/// <param name="Token">Where to go on, or null at the end.</param>
/// <param name="Consumed">The units, if asked for.</param>
/// <param name="LastKey">The last item looked at, if there is more.</param>
internal sealed record SelectPage(IReadOnlyList<AttributeMap> Items, string? Token, ConsumedCapacity? Consumed, AttributeMap? LastKey);
