using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage.Transactions;

namespace Haneul.DynamoDb.Transactions;

/// <summary>
/// Reads up to 100 items as of one moment.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html"/>
/// </summary>
internal sealed class TransactGetItems(TableStore tables) : IHandler<TransactGetItemsInput, TransactGetItemsOutput>
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public ValueTask<Outcome<TransactGetItemsOutput>> HandleAsync(TransactGetItemsInput input, CallContext context, CancellationToken cancel)
    {
        var gets = input.TransactItems.Select(item => item.Get).ToList();
        var plans = gets.Select(Plan).ToList();
        var found = gets.Select(get => tables.Use(context, get.TableName)).ToList();
        var reasons = new CancellationReasons(gets.Count);
        var keys = new ItemKey[gets.Count];
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < gets.Count; i++)
        {
            if (ItemKey.CheckKey(found[i].Key, gets[i].Key.Span) is { } error)
            {
                reasons.Refused(i, error);
                continue;
            }

            keys[i] = ItemKey.Make(found[i], gets[i].Key.Span);
            DynamoErrors.ThrowIf(
                !seen.Add((found[i].Record.Id, Convert.ToBase64String(keys[i].Bytes))), "Transaction request cannot include multiple operations on one item");
            if (found[i].Reads.Check(keys[i].Token) is { } exceeded)
            {
                reasons.Refused(i, exceeded);
            }
        }

        if (reasons.Any)
        {
            return new(reasons.Error());
        }

        var responses = new List<ItemResponse>(gets.Count);
        var units = new Dictionary<Table, double>();
        long bytes = 0;
        using var snapshot = tables.Store.Transactions.Snapshot();
        for (var i = 0; i < gets.Count; i++)
        {
            var item = Read(snapshot, found[i], keys[i], plans[i], out var size);
            bytes += size;
            var taken = Units.Read(size, consistent: true) * 2;
            found[i].Reads.Charge(keys[i].Token, taken);
            units[found[i]] = units.GetValueOrDefault(found[i]) + taken;
            responses.Add(new ItemResponse { Item = item });
        }

        DynamoErrors.ThrowIf(bytes > MaxBytes, "Aggregate size of items in the transaction cannot exceed 4 MB");
        var consumed = units.Select(pair => Consumed.Read(pair.Key, null, input.ReturnConsumedCapacity, pair.Value, transaction: true))
            .OfType<ConsumedCapacity>().ToList();
        return new(new TransactGetItemsOutput { Responses = responses, ConsumedCapacity = consumed.Count > 0 ? consumed : null });
    }

    private static AttributeMap? Read(IStoreSnapshot snapshot, Table table, ItemKey key, ItemProjection? projection, out int size)
    {
        using var stored = snapshot.Partition(table.PartitionOf(key.Token).Id).Get(key.Bytes);
        size = 0;
        if (!stored.Exists)
        {
            return null;
        }

        var item = StoredItem.Read(stored.Span, out size);
        return new AttributeMap(projection is null ? item.ToArray() : projection.Apply(item));
    }

    private static ItemProjection? Plan(Get get)
    {
        DynamoErrors.ThrowIfInvalid(get.Key);
        ExpressionParameters.Check(
            [("ProjectionExpression", get.ProjectionExpression)], [], get.ExpressionAttributeNames is not null, hasValues: false);
        if (get.ProjectionExpression is null)
        {
            return null;
        }

        var scope = new ExpressionScope(get.ExpressionAttributeNames, null);
        var paths = ProjectionParser.Parse(get.ProjectionExpression, scope)!;
        scope.RefuseUnused();
        return ItemProjection.Of(paths);
    }
}
