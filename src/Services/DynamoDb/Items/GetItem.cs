using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// Reads one item. Both kinds of read see every acknowledged write.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html"/>
/// </summary>
internal sealed class GetItem(TableStore tables) : IHandler<GetItemInput, GetItemOutput>
{
    public ValueTask<Outcome<GetItemOutput>> HandleAsync(GetItemInput input, CallContext context, CancellationToken cancel)
    {
        var projection = Wanted(input);
        DynamoErrors.ThrowIfInvalid(input.Key);
        if (!tables.TryUse(context, input.TableName, out var table, out var error))
        {
            return new(error);
        }

        if (ItemKey.CheckKey(table.Key, input.Key.Span) is { } mismatch)
        {
            return new(mismatch);
        }

        if (table.Reads.IsBusy && table.Reads.Check(TokenOf(table, input.Key.Span)) is { } exceeded)
        {
            return new(exceeded);
        }

        var item = Read(table, input.Key.Span, projection, out var size, out var token);
        var units = Units.Read(size, input.ConsistentRead == true);
        table.Reads.Charge(token, units);
        return new(new GetItemOutput
        {
            Item = item,
            ConsumedCapacity = Consumed.Read(table, null, input.ReturnConsumedCapacity, units),
        });
    }

    /// <summary>Where the hash key of an item lies on the ring.</summary>
    public static uint TokenOf(Table table, ReadOnlySpan<byte> key) => DynamoDbKeyspace.TokenOf(Encoded.Find(key, table.Key.Hash.Utf8));

    /// <summary>Reads an item by a key that fits the table.</summary>
    public static AttributeMap? Read(Table table, ReadOnlySpan<byte> key, ItemProjection? projection, out int size, out uint token)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        token = DynamoDbKeyspace.WriteItem(ref writer, table.Key, key);
        using var stored = table.PartitionOf(token).Get(writer.Written);
        writer.Dispose();
        size = 0;
        if (!stored.Exists)
        {
            return null;
        }

        var item = StoredItem.Read(stored.Span, out size);
        return new AttributeMap(projection is null ? item.ToArray() : projection.Apply(item));
    }

    private static ItemProjection? Wanted(GetItemInput input)
    {
        if (input.ProjectionExpression is null && input.AttributesToGet is null && input.ExpressionAttributeNames is null)
        {
            return null;
        }

        ExpressionParameters.Check(
            [("ProjectionExpression", input.ProjectionExpression)],
            [("AttributesToGet", input.AttributesToGet)],
            input.ExpressionAttributeNames is not null,
            hasValues: false);
        var paths = Legacy.Attributes(input.AttributesToGet);
        if (input.ProjectionExpression is not null)
        {
            var scope = new ExpressionScope(input.ExpressionAttributeNames, null);
            paths = ProjectionParser.Parse(input.ProjectionExpression, scope);
            scope.RefuseUnused();
        }

        return ItemProjection.Of(paths!);
    }
}
