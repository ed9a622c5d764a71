using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.Reads;

/// <summary>
/// Reads the items of one hash key in the order of their range keys.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html"/>
/// </summary>
internal sealed class Query(TableStore tables) : IHandler<QueryInput, QueryOutput>
{
    public ValueTask<Outcome<QueryOutput>> HandleAsync(QueryInput input, CallContext context, CancellationToken cancel)
    {
        // 1. What can be said without the table.
        var request = Parse(input);

        // 2. What the table says.
        var table = tables.Use(context, input.TableName);
        var index = ReadPlan.FindIndex(table, input.IndexName, input.ConsistentRead == true);
        var view = new ReadView(tables.Store, table, index);
        var match = KeyMatch.Of(view.Key, request.Keys);
        RefuseKeysInFilter(view.Key, request.FilterPaths, input.QueryFilter);
        var plan = new ReadPlan { Filter = request.Filter, CountOnly = input.Select == Select.Count };
        plan.Settle(index, input.Select, request.Projection);

        // 3. From where to where.
        var (lower, upper, token) = view.Bounds(match);
        var order = input.ScanIndexForward == false ? ScanOrder.Descending : ScanOrder.Ascending;
        if (input.ExclusiveStartKey is { } start)
        {
            Restart(view, start, match, order, ref lower, ref upper);
        }

        // 4. Read.
        var page = Read(view, plan, lower, upper, token, order, input.Limit ?? int.MaxValue, cancel);
        var (units, indexUnits) = page.Charge(input.ConsistentRead == true);
        return new(new QueryOutput
        {
            Items = plan.CountOnly ? null : page.Items,
            Count = page.Count,
            ScannedCount = page.Scanned,
            LastEvaluatedKey = page.LastKey,
            ConsumedCapacity = Consumed.Read(table, index, input.ReturnConsumedCapacity, units, indexUnits),
        });
    }

    public static PageReader Read(
        ReadView view, ReadPlan plan, byte[] lower, byte[] upper, uint token, ScanOrder order, int limit, CancellationToken cancel)
    {
        var page = new PageReader(view, plan);
        if (view.IsLocal && !plan.Fetch)
        {
            using var source = view.OpenOne(lower, upper, token, order, limit);
            page.Read(source, null, token, limit, cancel);
        }
        else
        {
            using var snapshot = view.Snapshot();
            using var source = view.Open(snapshot, lower, upper, token, token, order, limit);
            page.Read(source, snapshot.Partition(view.Table.PartitionOf(token).Id), token, limit, cancel);
        }

        return page;
    }

    private static Request Parse(QueryInput input)
    {
        ExpressionParameters.Check(
            [
                ("ProjectionExpression", input.ProjectionExpression), ("FilterExpression", input.FilterExpression),
                ("KeyConditionExpression", input.KeyConditionExpression),
            ],
            [
                ("AttributesToGet", input.AttributesToGet), ("QueryFilter", input.QueryFilter), ("ConditionalOperator", input.ConditionalOperator),
                ("KeyConditions", input.KeyConditionExpression is null ? null : input.KeyConditions),
            ],
            input.ExpressionAttributeNames is not null,
            input.ExpressionAttributeValues is not null);
        var filter = input.FilterExpression is null && input.KeyConditionExpression is null
            ? Legacy.Filter(input.QueryFilter, input.ConditionalOperator)
            : null;
        var projection = Legacy.Attributes(input.AttributesToGet);
        ReadPlan.CheckStartKey(input.ExclusiveStartKey);
        DynamoErrors.ThrowIf(
            input is { KeyConditions: null, KeyConditionExpression: null },
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        var keys = ConditionParser.Parse(input.KeyConditionExpression, "KeyConditionExpression", scope);
        filter = ConditionParser.Parse(input.FilterExpression, "FilterExpression", scope, out var filterPaths) ?? filter;
        projection = ProjectionParser.Parse(input.ProjectionExpression, scope) ?? projection;
        scope.RefuseUnused();
        ReadPlan.CheckSelect(input.Select, input.IndexName is not null, projection is not null, "Querying");
        var conditions = keys is not null ? KeyConditions.Of(keys) : KeyConditions.Of(input.KeyConditions!);
        return new Request(conditions, filter, filterPaths, projection);
    }

    private static void RefuseKeysInFilter(
        KeySchema schema, IReadOnlyList<DocumentPath> paths, IReadOnlyDictionary<string, Contracts.Condition>? filter)
    {
        foreach (var path in paths)
        {
            DynamoErrors.ThrowIf(
                schema.Has(path.Root), $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {path.Root}");
        }

        foreach (var attribute in filter?.Keys ?? [])
        {
            DynamoErrors.ThrowIf(
                schema.Has(attribute), $"QueryFilter can only contain non-primary key attributes: Primary key attribute: {attribute}");
        }
    }

    private static void Restart(
        ReadView view, AttributeMap start, KeyMatch match, ScanOrder order, ref byte[] lower, ref byte[] upper)
    {
        var position = view.Position(start.Span);
        DynamoErrors.ThrowIf(position is null, "The provided starting key is invalid");
        DynamoErrors.ThrowIf(
            view.Index is null && match.Range?.Operator == ComparisonOperator.Eq, "The query can return at most one row and cannot be restarted");
        DynamoErrors.ThrowIf(
            !match.HoldsHash(view.Key, start),
            "The provided starting key is outside query boundaries based on provided conditions");
        DynamoErrors.ThrowIf(
            !match.HoldsRange(view.Key, start),
            "The provided starting key does not match the range key predicate");
        if (order == ScanOrder.Ascending)
        {
            lower = [.. position!, 0];
        }
        else
        {
            upper = position!;
        }
    }

    private sealed record Request(
        Dictionary<string, KeyCondition> Keys, Condition? Filter, IReadOnlyList<DocumentPath> FilterPaths, IReadOnlyList<DocumentPath>? Projection);
}
