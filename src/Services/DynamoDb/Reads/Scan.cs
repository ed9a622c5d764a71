using System.Globalization;
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
/// Reads all items of a table or an index, or one of several equal parts of them.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html"/>
/// </summary>
internal sealed class Scan(TableStore tables) : IHandler<ScanInput, ScanOutput>
{
    public ValueTask<Outcome<ScanOutput>> HandleAsync(ScanInput input, CallContext context, CancellationToken cancel)
    {
        var (filter, projection) = Parse(input);
        var table = tables.Use(context, input.TableName);
        var index = ReadPlan.FindIndex(table, input.IndexName, input.ConsistentRead == true);
        var view = new ReadView(tables.Store, table, index);
        var plan = new ReadPlan { Filter = filter, CountOnly = input.Select == Select.Count };
        plan.Settle(index, input.Select, projection);
        var page = Read(view, plan, input.Segment ?? 0, input.TotalSegments ?? 1, input.ExclusiveStartKey, input.Limit ?? int.MaxValue, cancel);
        var (units, indexUnits) = page.Charge(input.ConsistentRead == true);
        return new(new ScanOutput
        {
            Items = plan.CountOnly ? null : page.Items,
            Count = page.Count,
            ScannedCount = page.Scanned,
            LastEvaluatedKey = page.LastKey,
            ConsumedCapacity = Consumed.Read(table, index, input.ReturnConsumedCapacity, units, indexUnits),
        });
    }

    public static PageReader Read(
        ReadView view, ReadPlan plan, int segment, int total, AttributeMap? start, int limit, CancellationToken cancel)
    {
        // Reading whole items for each entry is for queries; AWS refuses it too.
        DynamoErrors.ThrowIf(
            plan.Fetch,
            $"{DynamoErrors.Parameters}Select type ALL_ATTRIBUTES is not supported for local secondary index {view.Index?.Name} when scanning");
        var (lower, upper, from, to) = view.Bounds(segment, total);
        var page = new PageReader(view, plan);
        if (from == to)
        {
            return page;
        }

        if (start is not null)
        {
            var position = view.Position(start.Span);
            DynamoErrors.ThrowIf(
                position is null, "The provided starting key is invalid" + (view.Index is null ? $": {DynamoErrors.KeyMismatch}" : ""));
            DynamoErrors.ThrowIf(
                position.AsSpan().SequenceCompareTo(lower) < 0 || position.AsSpan().SequenceCompareTo(upper) >= 0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. "
                    + $"TotalSegments: {total} Segment: {segment}"));
            lower = [.. position!, 0];
            from = view.Index is null ? DynamoDbKeyspace.TokenOfItem(position) : DynamoDbKeyspace.TokenOfEntry(position);
        }

        using var snapshot = view.Snapshot();
        using var source = view.Open(snapshot, lower, upper, (uint)from, (uint)(to - 1), ScanOrder.Ascending, limit);
        page.Read(source, null, (uint)from, limit, cancel);
        return page;
    }

    private static (Condition? Filter, IReadOnlyList<DocumentPath>? Projection) Parse(ScanInput input)
    {
        ExpressionParameters.Check(
            [("ProjectionExpression", input.ProjectionExpression), ("FilterExpression", input.FilterExpression)],
            [
                ("AttributesToGet", input.AttributesToGet), ("ScanFilter", input.ScanFilter), ("ConditionalOperator", input.ConditionalOperator),
            ],
            input.ExpressionAttributeNames is not null,
            input.ExpressionAttributeValues is not null);
        var projection = Legacy.Attributes(input.AttributesToGet);
        var filter = input.FilterExpression is null ? Legacy.Filter(input.ScanFilter, input.ConditionalOperator) : null;
        ReadPlan.CheckStartKey(input.ExclusiveStartKey);
        DynamoErrors.ThrowIf(
            input is { Segment: not null, TotalSegments: null },
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        DynamoErrors.ThrowIf(
            input is { Segment: null, TotalSegments: not null },
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        DynamoErrors.ThrowIf(
            input.Segment >= input.TotalSegments,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {input.Segment} "
                + $"is not less than TotalSegments: {input.TotalSegments}"));
        var scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        filter = ConditionParser.Parse(input.FilterExpression, "FilterExpression", scope) ?? filter;
        projection = ProjectionParser.Parse(input.ProjectionExpression, scope) ?? projection;
        scope.RefuseUnused();
        ReadPlan.CheckSelect(input.Select, input.IndexName is not null, projection is not null, "Scanning");
        return (filter, projection);
    }
}
