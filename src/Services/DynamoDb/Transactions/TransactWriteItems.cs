using System.Security.Cryptography;
using System.Text;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Transactions;

/// <summary>
/// Changes up to 100 items together, all or none.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"/>
/// </summary>
internal sealed class TransactWriteItems(TransactWriter writer) : IHandler<TransactWriteItemsInput, TransactWriteItemsOutput>
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public async ValueTask<Outcome<TransactWriteItemsOutput>> HandleAsync(
        TransactWriteItemsInput input, CallContext context, CancellationToken cancel)
    {
        var parts = input.TransactItems.Select(Part).ToList();
        DynamoErrors.ThrowIf(
            parts.Sum(part => (long)ItemSize.OfMap(part.Change.Map.Span)) > MaxBytes, "Aggregate size of items in the transaction cannot exceed 4 MB");
        var result = await writer.WriteAsync(
            context, parts, input.ClientRequestToken is { } token ? (token, Digest(input)) : null);
        if (result.Error is not null)
        {
            return result.Error;
        }

        var collections = new Dictionary<string, IReadOnlyList<ItemCollectionMetrics>>();
        foreach (var group in parts.Where(part => part.Change.Kind != ChangeKind.Check).GroupBy(part => part.TableName))
        {
            var table = result.Tables.FirstOrDefault(table => table.Name == group.Key || table.Arn == group.Key);
            var metrics = group.Select(part => table is null ? null : ItemCollections.Describe(table, part.Change.Map, input.ReturnItemCollectionMetrics))
                .OfType<ItemCollectionMetrics>().ToList();
            if (metrics.Count > 0)
            {
                collections[group.Key] = metrics;
            }
        }

        return new TransactWriteItemsOutput
        {
            ConsumedCapacity = Capacity(result, parts, input.ReturnConsumedCapacity),
            ItemCollectionMetrics = collections.Count > 0 ? collections : null,
        };
    }

    /// <summary>What was written; for a repeated request, what reading the items again costs.</summary>
    private static List<ConsumedCapacity>? Capacity(TransactResult result, List<TransactPart> parts, string? wanted)
    {
        if (wanted is null or ReturnConsumedCapacity.None)
        {
            return null;
        }

        return result.Repeated
            ? [.. result.Tables.Select(table => Consumed.Read(
                table, null, wanted, parts.Count(part => part.TableName == table.Name || part.TableName == table.Arn) * 2, transaction: true)!)]
            : [.. result.Units!.Select(pair => pair.Value.Describe(pair.Key, wanted, transaction: true)!)];
    }

    private static TransactPart Part(TransactWriteItem item)
    {
        var given = new object?[] { item.ConditionCheck, item.Put, item.Delete, item.Update }.Count(part => part is not null);
        DynamoErrors.ThrowIf(given != 1, "TransactItems can only contain one of Check, Put, Update or Delete");
        return item switch
        {
            { Put: { } put } => Part(
                put.TableName, ChangeKind.Put, put.Item, put.ConditionExpression, put.ExpressionAttributeNames, put.ExpressionAttributeValues,
                put.ReturnValuesOnConditionCheckFailure),
            { Delete: { } delete } => Part(
                delete.TableName, ChangeKind.Delete, delete.Key, delete.ConditionExpression, delete.ExpressionAttributeNames,
                delete.ExpressionAttributeValues, delete.ReturnValuesOnConditionCheckFailure),
            { Update: { } update } => Part(
                update.TableName, ChangeKind.Update, update.Key, update.ConditionExpression, update.ExpressionAttributeNames,
                update.ExpressionAttributeValues, update.ReturnValuesOnConditionCheckFailure, update.UpdateExpression),
            { ConditionCheck: { } check } => Part(
                check.TableName, ChangeKind.Check, check.Key, check.ConditionExpression, check.ExpressionAttributeNames,
                check.ExpressionAttributeValues, check.ReturnValuesOnConditionCheckFailure),
            _ => throw new InvalidOperationException(),
        };
    }

    private static TransactPart Part(
        string table, ChangeKind kind, AttributeMap map, string? condition, IReadOnlyDictionary<string, string>? names, AttributeMap? values,
        string? onFailure, string? update = null)
    {
        DynamoErrors.ThrowIfInvalid(map);
        ExpressionParameters.Check(
            [("UpdateExpression", update), ("ConditionExpression", condition)], [], names is not null, values is not null);
        var scope = new ExpressionScope(names, values);
        var actions = update is null ? null : UpdateParser.Parse(update, scope);
        var parsed = ConditionParser.Parse(condition, "ConditionExpression", scope);
        scope.RefuseUnused();
        DynamoErrors.ThrowIf(
            kind == ChangeKind.Put && ItemSize.OfMap(map.Span) > ItemSize.Max, "Item size has exceeded the maximum allowed size");
        return new TransactPart(table, new ItemChange(kind, map, parsed, actions), onFailure);
    }

    // All that makes a request another one; the token itself and what is to be told about it do not.
    private static byte[] Digest(TransactWriteItemsInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in input.TransactItems)
        {
            switch (item)
            {
                case { Put: { } put }:
                    Add(hash, "put", put.TableName, put.ConditionExpression, null, put.Item, put.ExpressionAttributeNames, put.ExpressionAttributeValues);
                    break;
                case { Delete: { } delete }:
                    Add(
                        hash, "delete", delete.TableName, delete.ConditionExpression, null, delete.Key, delete.ExpressionAttributeNames,
                        delete.ExpressionAttributeValues);
                    break;
                case { Update: { } update }:
                    Add(
                        hash, "update", update.TableName, update.ConditionExpression, update.UpdateExpression, update.Key,
                        update.ExpressionAttributeNames, update.ExpressionAttributeValues);
                    break;
                case { ConditionCheck: { } check }:
                    Add(
                        hash, "check", check.TableName, check.ConditionExpression, null, check.Key, check.ExpressionAttributeNames,
                        check.ExpressionAttributeValues);
                    break;
            }
        }

        return hash.GetHashAndReset();
    }

    private static void Add(
        IncrementalHash hash, string kind, string table, string? condition, string? update, AttributeMap map,
        IReadOnlyDictionary<string, string>? names, AttributeMap? values)
    {
        Add(hash, kind);
        Add(hash, table);
        Add(hash, condition ?? "");
        Add(hash, update ?? "");
        hash.AppendData(map.Span);
        foreach (var (name, value) in (names ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }

        hash.AppendData(values is null ? [] : values.Span);
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
