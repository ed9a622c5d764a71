using System.Text;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.PartiQl;
using Haneul.DynamoDb.Reads;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using AttributeValue = Haneul.DynamoDb.Values.AttributeValue;

namespace Haneul.DynamoDb.Policies;

/// <summary>
/// The condition keys for fine-grained access to items.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html"/>
/// </summary>
internal sealed class ItemConditions
{
    /// <summary>Set when the cloud starts, before it listens.</summary>
    public TableStore? Tables { get; set; }

    private const string LeadingKeys = "dynamodb:LeadingKeys";
    private static readonly string[] s_partitionKeyValues =
    [
        "dynamodb:FirstPartitionKeyValues",
        "dynamodb:SecondPartitionKeyValues",
        "dynamodb:ThirdPartitionKeyValues",
        "dynamodb:FourthPartitionKeyValues",
    ];

    private const string FullTableScan = "dynamodb:FullTableScan";
    private const string EnclosingOperation = "dynamodb:EnclosingOperation";
    private const string Attributes = "dynamodb:Attributes";
    private const string Select = "dynamodb:Select";
    private const string ReturnValues = "dynamodb:ReturnValues";
    private const string ReturnConsumedCapacity = "dynamodb:ReturnConsumedCapacity";

    public void Of(GetItemInput input, CallContext context, Authorization keys)
    {
        Lead(keys, Leading(context, input.TableName, input.Key));
        keys.Key(Attributes, Union(
            input.Key.Names(), input.AttributesToGet, Paths(() => ProjectionParser.Parse(input.ProjectionExpression, Scope(input.ExpressionAttributeNames)))));
        keys.Key(Select, input.ProjectionExpression is null && input.AttributesToGet is null ? Contracts.Select.AllAttributes : Contracts.Select.SpecificAttributes);
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void Of(PutItemInput input, CallContext context, Authorization keys)
    {
        Lead(keys, Leading(context, input.TableName, input.Item));
        keys.Key(Attributes, Union(
            input.Item.Names(), input.Expected?.Keys, Condition(input.ConditionExpression, input.ExpressionAttributeNames, input.ExpressionAttributeValues)));
        keys.Key(ReturnValues, input.ReturnValues ?? ReturnValue.None);
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void Of(DeleteItemInput input, CallContext context, Authorization keys)
    {
        Lead(keys, Leading(context, input.TableName, input.Key));
        keys.Key(Attributes, Union(
            input.Key.Names(), input.Expected?.Keys, Condition(input.ConditionExpression, input.ExpressionAttributeNames, input.ExpressionAttributeValues)));
        keys.Key(ReturnValues, input.ReturnValues ?? ReturnValue.None);
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void Of(UpdateItemInput input, CallContext context, Authorization keys)
    {
        Lead(keys, Leading(context, input.TableName, input.Key));
        var updated = Updated(input.UpdateExpression, input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        keys.Key(Attributes, Union(
            input.Key.Names(), input.AttributeUpdates?.Keys, input.Expected?.Keys, updated,
            Condition(input.ConditionExpression, input.ExpressionAttributeNames, input.ExpressionAttributeValues)));
        keys.Key(ReturnValues, input.ReturnValues ?? ReturnValue.None);
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void OfQuery(QueryInput input, CallContext context, Authorization keys)
    {
        var conditions = Safely(() =>
        {
            var scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
            return input.KeyConditionExpression is { } text
                ? KeyConditions.Of(ConditionParser.Parse(text, "KeyConditionExpression", scope)!)
                : KeyConditions.Of(input.KeyConditions ?? new Dictionary<string, Contracts.Condition>());
        });
        var hashes = Find(context, input.TableName) is { } table ? Schema(table, input.IndexName).Hashes : [];
        for (var i = 0; i < hashes.Length; i++)
        {
            var condition = conditions?.GetValueOrDefault(hashes[i].Name);
            List<string>? values = condition is { Operator: ComparisonOperator.Eq } ? [Text(condition.Value)] : null;
            keys.Key(s_partitionKeyValues[i], values);
            if (i == 0)
            {
                keys.Key(LeadingKeys, values);
            }
        }

        keys.Key(Attributes, Union(
            conditions?.Keys, input.AttributesToGet, input.QueryFilter?.Keys,
            Paths(() => ProjectionParser.Parse(input.ProjectionExpression, Scope(input.ExpressionAttributeNames))),
            Condition(input.FilterExpression, input.ExpressionAttributeNames, input.ExpressionAttributeValues)));
        keys.Key(Select, Selected(input.Select, input.IndexName, input.ProjectionExpression is not null || input.AttributesToGet is not null));
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public static void OfScan(ScanInput input, CallContext context, Authorization keys)
    {
        keys.Key(Attributes, Union(
            input.AttributesToGet, input.ScanFilter?.Keys,
            Paths(() => ProjectionParser.Parse(input.ProjectionExpression, Scope(input.ExpressionAttributeNames))),
            Condition(input.FilterExpression, input.ExpressionAttributeNames, input.ExpressionAttributeValues)));
        keys.Key(Select, Selected(input.Select, input.IndexName, input.ProjectionExpression is not null || input.AttributesToGet is not null));
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void OfBatchGet(BatchGetItemInput input, CallContext context, Authorization keys)
    {
        Lead(keys, LeadingOf(context, input.RequestItems.SelectMany(pair => pair.Value.Keys.Select(key => (pair.Key, key)))));
        keys.Key(Attributes, Union([.. input.RequestItems.Values.SelectMany(request => new[]
        {
            request.Keys.SelectMany(key => key.Names()),
            request.AttributesToGet,
            Paths(() => ProjectionParser.Parse(request.ProjectionExpression, Scope(request.ExpressionAttributeNames))),
        })]));
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void OfBatchWrite(BatchWriteItemInput input, CallContext context, Authorization keys)
    {
        var items = input.RequestItems.SelectMany(pair => pair.Value
            .Select(request => (pair.Key, request.PutRequest?.Item ?? request.DeleteRequest?.Key ?? AttributeMap.Empty))).ToList();
        Lead(keys, LeadingOf(context, items));
        keys.Key(Attributes, Union(items.SelectMany(item => item.Item2.Names())));
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    public void OfTransactGet(TransactGetItemsInput input, CallContext context, Authorization keys)
    {
        keys.Key(EnclosingOperation, "TransactGetItems");
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
        Lead(keys, LeadingOf(context, input.TransactItems.Select(item => (item.Get.TableName, item.Get.Key))));
        keys.Key(Attributes, Union([.. input.TransactItems.SelectMany(item => new[]
        {
            item.Get.Key.Names(),
            Paths(() => ProjectionParser.Parse(item.Get.ProjectionExpression, Scope(item.Get.ExpressionAttributeNames))),
        })]));
    }

    public void OfTransactWrite(TransactWriteItemsInput input, CallContext context, Authorization keys)
    {
        keys.Key(EnclosingOperation, "TransactWriteItems");
        keys.Key(ReturnConsumedCapacity, input.ReturnConsumedCapacity ?? Contracts.ReturnConsumedCapacity.None);
        var items = input.TransactItems.Select(item => item switch
        {
            { Put: { } put } => (put.TableName, put.Item),
            { Update: { } update } => (update.TableName, update.Key),
            { Delete: { } delete } => (delete.TableName, delete.Key),
            { ConditionCheck: { } check } => (check.TableName, check.Key),
            _ => ("", AttributeMap.Empty),
        }).Where(item => item.Item1.Length > 0).ToList();
        Lead(keys, LeadingOf(context, items));
        keys.Key(Attributes, Union([items.SelectMany(item => item.Item2.Names()), .. input.TransactItems.SelectMany(item => new[]
        {
            Condition(item.Put?.ConditionExpression, item.Put?.ExpressionAttributeNames, item.Put?.ExpressionAttributeValues),
            Condition(item.Delete?.ConditionExpression, item.Delete?.ExpressionAttributeNames, item.Delete?.ExpressionAttributeValues),
            Condition(item.ConditionCheck?.ConditionExpression, item.ConditionCheck?.ExpressionAttributeNames, item.ConditionCheck?.ExpressionAttributeValues),
            Condition(item.Update?.ConditionExpression, item.Update?.ExpressionAttributeNames, item.Update?.ExpressionAttributeValues),
            Updated(item.Update?.UpdateExpression, item.Update?.ExpressionAttributeNames, item.Update?.ExpressionAttributeValues),
        })]));
    }

    public void Of(ExecuteStatementInput input, CallContext context, Authorization keys) =>
        OfStatements([(input.Statement, input.Parameters)], input.ReturnConsumedCapacity, context, keys);

    public void Of(BatchExecuteStatementInput input, CallContext context, Authorization keys) => OfStatements(
        input.Statements.Select(statement => (statement.Statement, statement.Parameters)), input.ReturnConsumedCapacity, context, keys);

    public void Of(ExecuteTransactionInput input, CallContext context, Authorization keys)
    {
        keys.Key(EnclosingOperation, "ExecuteTransaction");
        OfStatements(
            input.TransactStatements.Select(statement => (statement.Statement, statement.Parameters)), input.ReturnConsumedCapacity, context, keys);
    }

    private List<string>? LeadingOf(CallContext context, IEnumerable<(string Table, AttributeMap Item)> items)
    {
        var all = items.SelectMany(item => Leading(context, item.Table, item.Item) ?? []).Distinct().ToList();
        return all.Count == 0 ? null : all;
    }

    private static IEnumerable<string>? Updated(string? text, IReadOnlyDictionary<string, string>? names, AttributeMap? values) =>
        Paths(() => text is null ? null : UpdateParser.Parse(text, new ExpressionScope(names, values)).Select(action => action.Path));

    /// <summary>The keys of PartiQL statements, which need actions of their own; what does not parse touches no table.</summary>
    public void OfStatements(
        IEnumerable<(string Text, IReadOnlyList<AttributeValue>? Parameters)> statements, string? capacity, CallContext context, Authorization keys)
    {
        var leading = new HashSet<string>(StringComparer.Ordinal);
        var attributes = new HashSet<string>(StringComparer.Ordinal);
        var scans = false;
        foreach (var (text, parameters) in statements)
        {
            if (Safely(() => PartiQlParser.Parse(text, parameters)) is not { } statement)
            {
                continue;
            }

            var select = statement as SelectStatement;
            keys.Need(statement.Action, TableArn.Of(context, statement.Table, select?.Index));
            attributes.UnionWith(statement.Attributes);
            if (statement is InsertStatement insert)
            {
                attributes.UnionWith(insert.Item.Names());
                leading.UnionWith(Leading(context, insert.Table, insert.Item) ?? []);
            }
            else if (Find(context, statement.Table) is { } table)
            {
                var (hashes, _) = StatementPlan.Keys(Schema(table, select?.Index), statement.Condition);
                leading.UnionWith(hashes.Select(hash => Text(hash)));
                scans |= select is not null && hashes.Count == 0;
            }

            if (select is not null)
            {
                keys.Key(Select, Selected(null, select.Index, select.Paths is not null));
                keys.Key(FullTableScan, scans ? "true" : "false");
            }
            else
            {
                keys.Key(ReturnValues, (statement as UpdateStatement)?.Returning ?? (statement as DeleteStatement)?.Returning ?? ReturnValue.None);
            }
        }

        Lead(keys, leading.Count == 0 ? null : [.. leading]);
        keys.Key(Attributes, [.. attributes]);
        keys.Key(ReturnConsumedCapacity, capacity ?? Contracts.ReturnConsumedCapacity.None);
    }

    // The values of the hash key; what has none, or the wrong type, is refused by the handler.
    private List<string>? Leading(CallContext context, string table, AttributeMap item)
    {
        var value = Find(context, table) is { } found ? item.Find(found.Key.Hash.Utf8) : default;
        return value.IsEmpty ? null : [Text(value)];
    }

    private Table? Find(CallContext context, string table)
    {
        var tables = Tables ?? throw new InvalidOperationException("Tables are not there yet.");
        return Safely(() => tables.Find(context, table));
    }

    private static KeySchema Schema(Table table, string? index) => index is null ? table.Key : table.FindIndex(index)?.Key ?? table.Key;

    // The keys of items have one attribute, so that the first one is all there is.
    private static void Lead(Authorization keys, List<string>? values)
    {
        keys.Key(LeadingKeys, values);
        keys.Key(s_partitionKeyValues[0], values);
    }

    private static string Text(ReadOnlySpan<byte> value) => Encoded.Kind(value) switch
    {
        ValueKind.String or ValueKind.Number => Encoding.UTF8.GetString(Encoded.Payload(value)),
        ValueKind.Binary => Convert.ToBase64String(Encoded.Payload(value)),
        _ => "",
    };

    private static List<string> Union(params ReadOnlySpan<IEnumerable<string>?> names)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in names)
        {
            all.UnionWith(some ?? []);
        }

        return [.. all];
    }

    private static string Selected(string? select, string? index, bool specific) => select
        ?? (specific ? Contracts.Select.SpecificAttributes : index is null ? Contracts.Select.AllAttributes : Contracts.Select.AllProjectedAttributes);

    private static ExpressionScope Scope(IReadOnlyDictionary<string, string>? names) => new(names, null);

    private static IEnumerable<string>? Condition(string? text, IReadOnlyDictionary<string, string>? names, AttributeMap? values) => Paths(() =>
    {
        ConditionParser.Parse(text, "ConditionExpression", new ExpressionScope(names, values), out var paths);
        return paths;
    });

    private static IEnumerable<string>? Paths(Func<IEnumerable<DocumentPath>?> parse) => Safely(parse)?.Select(path => path.Root);

    // What does not parse is refused by the handler, with AWS's words.
    private static T? Safely<T>(Func<T?> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (ServiceException)
        {
            return null;
        }
    }
}
