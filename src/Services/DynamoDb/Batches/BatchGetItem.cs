using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Batches;

/// <summary>
/// Reads up to 100 items and 16 MB.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"/>
/// </summary>
internal sealed class BatchGetItem(TableStore tables) : IHandler<BatchGetItemInput, BatchGetItemOutput>
{
    private const int MaxItems = 100;
    private const int MaxBytes = 16 * 1024 * 1024;

    public ValueTask<Outcome<BatchGetItemOutput>> HandleAsync(BatchGetItemInput input, CallContext context, CancellationToken cancel)
    {
        var plans = input.RequestItems.ToDictionary(pair => pair.Key, pair => Plan(pair.Value));
        DynamoErrors.ThrowIf(
            input.RequestItems.Values.Sum(request => request.Keys.Count) > MaxItems, "Too many items requested for the BatchGetItem call");
        var found = input.RequestItems.ToDictionary(pair => pair.Key, pair => tables.Use(context, pair.Key));
        foreach (var (name, request) in input.RequestItems)
        {
            Check(found[name], request.Keys);
        }

        var responses = new Dictionary<string, IReadOnlyList<AttributeMap>>();
        var unprocessed = new Dictionary<string, KeysAndAttributes>();
        var consumed = new List<ConsumedCapacity>();
        ServiceError? exceeded = null;
        var read = false;
        long bytes = 0;
        foreach (var (name, request) in input.RequestItems)
        {
            cancel.ThrowIfCancellationRequested();
            var table = found[name];
            var items = new List<AttributeMap>();
            var rest = new List<AttributeMap>();
            double units = 0;
            foreach (var key in request.Keys)
            {
                if (bytes >= MaxBytes || (table.Reads.IsBusy && table.Reads.Check(GetItem.TokenOf(table, key.Span)) is { } refusal && Refuse(refusal)))
                {
                    rest.Add(key);
                    continue;
                }

                var item = GetItem.Read(table, key.Span, plans[name], out var size, out var token);
                read = true;
                bytes += size;
                var taken = Units.Read(size, request.ConsistentRead == true);
                table.Reads.Charge(token, taken);
                units += taken;
                if (item is not null)
                {
                    items.Add(item);
                }
            }

            responses[name] = items;
            if (rest.Count > 0)
            {
                unprocessed[name] = new KeysAndAttributes
                {
                    Keys = rest,
                    AttributesToGet = request.AttributesToGet,
                    ConsistentRead = request.ConsistentRead,
                    ProjectionExpression = request.ProjectionExpression,
                    ExpressionAttributeNames = request.ExpressionAttributeNames,
                };
            }

            if (Consumed.Read(table, null, input.ReturnConsumedCapacity, units) is { } capacity)
            {
                consumed.Add(capacity);
            }
        }

        // Only a request of which nothing at all was read is refused.
        if (exceeded is not null && !read)
        {
            return new(exceeded);
        }

        return new(new BatchGetItemOutput
        {
            Responses = responses,
            UnprocessedKeys = unprocessed,
            ConsumedCapacity = consumed.Count > 0 ? consumed : null,
        });

        bool Refuse(ServiceError error)
        {
            exceeded ??= error;
            return true;
        }
    }

    private static ItemProjection? Plan(KeysAndAttributes request)
    {
        ExpressionParameters.Check(
            [("ProjectionExpression", request.ProjectionExpression)],
            [("AttributesToGet", request.AttributesToGet)],
            request.ExpressionAttributeNames is not null,
            hasValues: false);
        var paths = Legacy.Attributes(request.AttributesToGet);
        if (request.ProjectionExpression is not null)
        {
            var scope = new ExpressionScope(request.ExpressionAttributeNames, null);
            paths = ProjectionParser.Parse(request.ProjectionExpression, scope);
            scope.RefuseUnused();
        }

        foreach (var key in request.Keys)
        {
            DynamoErrors.ThrowIfInvalid(key);
        }

        return paths is null ? null : ItemProjection.Of(paths);
    }

    private static void Check(Table table, IReadOnlyList<AttributeMap> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var place = ItemKey.FromKey(table, key);
            DynamoErrors.ThrowIf(!seen.Add(Convert.ToBase64String(place.Bytes)), "Provided list of item keys contains duplicates");
        }
    }
}
