using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// The rules for what a table and its indexes may look like, in the order in which AWS applies them.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"/>
/// </summary>
internal static class TableDefinition
{
    public const int MaxLocalIndexes = 5;
    public const int MaxGlobalIndexes = 20;

    private const int MaxIncluded = 100;

    public static void CheckName(string name)
    {
        DynamoErrors.ThrowIf(name.Length is < 3 or > 255, "TableName must be at least 3 characters long and at most 255 characters long");
        DynamoErrors.ThrowIf(
            name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-')),
            $"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: "
            + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    /// <summary>Hash and range key of a table or an index.</summary>
    /// <param name="schema">As the request has it.</param>
    /// <param name="attributes">All definitions of the request.</param>
    public static (string Hash, string? Range) Keys(IReadOnlyList<KeySchemaElement> schema, IReadOnlyList<AttributeDefinition> attributes)
    {
        var keys = Defined(schema, attributes);
        DynamoErrors.ThrowIf(
            keys.Count > 1 && schema[1].KeyType != KeyType.Range, "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        return (keys[0], keys.ElementAtOrDefault(1));
    }

    // All names, each defined and there once, beginning with one of the hash key.
    private static List<string> Defined(IReadOnlyList<KeySchemaElement> schema, IReadOnlyList<AttributeDefinition> attributes)
    {
        var keys = schema.Select(key => key.AttributeName).ToList();
        var defined = attributes.Select(attribute => attribute.AttributeName).ToList();
        DynamoErrors.ThrowIf(
            keys.Exists(key => !defined.Contains(key)),
            $"{DynamoErrors.Parameters}Some index key attributes are not defined in AttributeDefinitions. "
            + $"Keys: [{string.Join(", ", keys)}], AttributeDefinitions: [{string.Join(", ", defined)}]");
        DynamoErrors.ThrowIf(
            keys.Distinct().Count() < keys.Count, "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        DynamoErrors.ThrowIf(schema[0].KeyType != KeyType.Hash, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        return keys;
    }

    // Up to four attributes of the hash key, and then up to four of the range key.
    private static (List<string> Hashes, List<string> Ranges) GlobalKeys(GlobalSecondaryIndex index, IReadOnlyList<AttributeDefinition> attributes)
    {
        const int Most = 4;
        var keys = Defined(index.KeySchema, attributes);
        var hashes = index.KeySchema.TakeWhile(key => key.KeyType == KeyType.Hash).Count();
        DynamoErrors.ThrowIf(
            index.KeySchema.Skip(hashes).Any(key => key.KeyType == KeyType.Hash),
            "Invalid KeySchema: All HASH key elements must come before the RANGE key elements");
        DynamoErrors.ThrowIf(
            hashes > Most, $"{DynamoErrors.Parameters}Number of HASH key attributes exceeds the limit of 4 for index: {index.IndexName}");
        DynamoErrors.ThrowIf(
            keys.Count - hashes > Most, $"{DynamoErrors.Parameters}Number of RANGE key attributes exceeds the limit of 4 for index: {index.IndexName}");
        return (keys[..hashes], keys[hashes..]);
    }

    public static IndexRecord Local(LocalSecondaryIndex index, byte number, string tableHash, IReadOnlyList<AttributeDefinition> attributes)
    {
        DynamoErrors.ThrowIf(
            index.KeySchema.Count > 2,
            "1 validation error detected: Value at 'localSecondaryIndexes.keySchema' failed to satisfy constraint: "
            + "Member must have length less than or equal to 2");
        var (hash, range) = Keys(index.KeySchema, attributes);
        DynamoErrors.ThrowIf(
            range is null, $"{DynamoErrors.Parameters}Index KeySchema does not have a range key for index: {index.IndexName}");
        DynamoErrors.ThrowIf(
            hash != tableHash,
            $"{DynamoErrors.Parameters}Index KeySchema does not have the same leading hash key as table KeySchema for index: {index.IndexName}. "
            + $"index hash key: {hash}, table hash key: {tableHash}");
        CheckProjection(index.Projection);
        return new IndexRecord
        {
            Number = number,
            Name = index.IndexName,
            Local = true,
            Hash = hash,
            Range = range,
            Projection = index.Projection.ProjectionType!,
            Included = index.Projection.NonKeyAttributes,
        };
    }

    public static IndexRecord Global(
        GlobalSecondaryIndex index, byte number, bool payPerRequest, IReadOnlyList<AttributeDefinition> attributes, Region region)
    {
        var (hashes, ranges) = GlobalKeys(index, attributes);
        CheckProjection(index.Projection);
        var throughput = TableThroughput.Provisioned(index.ProvisionedThroughput, payPerRequest, index.IndexName);
        return new IndexRecord
        {
            Number = number,
            Name = index.IndexName,
            Local = false,
            Hash = hashes[0],
            Range = ranges.FirstOrDefault(),
            MoreHash = hashes.Count > 1 ? hashes[1..] : null,
            MoreRange = ranges.Count > 1 ? ranges[1..] : null,
            Projection = index.Projection.ProjectionType!,
            Included = index.Projection.NonKeyAttributes,
            Throughput = throughput,
            OnDemand = TableThroughput.OnDemand(index.OnDemandThroughput, null, payPerRequest, isNew: true, index.IndexName, region),
            Warm = TableThroughput.NewWarm(index.WarmThroughput, payPerRequest, throughput, index.IndexName, region),
        };
    }

    /// <summary>Rules about all indexes together, and that every defined attribute is some key.</summary>
    public static void CheckTogether(TableRecord table)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in table.Indexes)
        {
            DynamoErrors.ThrowIf(!names.Add(index.Name), $"{DynamoErrors.Parameters}Duplicate index name: {index.Name}");
        }

        DynamoErrors.ThrowIf(
            table.Indexes.Count(index => index.Local) > MaxLocalIndexes,
            DynamoErrors.Parameters + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
        DynamoErrors.ThrowIf(
            table.Indexes.Count(index => !index.Local) > MaxGlobalIndexes,
            DynamoErrors.Parameters + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
        DynamoErrors.ThrowIf(
            table.Indexes.Sum(index => index.Included?.Count ?? 0) > MaxIncluded,
            DynamoErrors.Parameters + "Number of NonKeyAttributes over all indexes exceeds the per-table limit of 100");

        var used = UsedAttributes(table);
        var unused = table.Attributes.Where(attribute => !used.Contains(attribute.Name)).ToList();
        if (unused.Count == 0)
        {
            return;
        }

        if (table.Indexes.Count == 0)
        {
            DynamoErrors.Throw(
                DynamoErrors.Parameters + "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
        }

        DynamoErrors.Throw(
            DynamoErrors.Parameters + "Some AttributeDefinitions are not used. AttributeDefinitions: "
            + $"[{string.Join(", ", table.Attributes.Select(attribute => attribute.Name))}], keys used: [{string.Join(", ", used)}]");
    }

    public static HashSet<string> UsedAttributes(TableRecord table)
    {
        var used = new HashSet<string>(StringComparer.Ordinal) { table.Hash };
        used.UnionWith(table.Range is null ? [] : [table.Range]);
        used.UnionWith(table.Indexes.SelectMany(index => index.Hashes().Concat(index.Ranges())));
        return used;
    }

    public static void RefuseUnsupported(bool given, string what, string operation)
    {
        if (given)
        {
            throw DynamoErrors.Unsupported(what, operation).ToException();
        }
    }

    private static void CheckProjection(Projection projection)
    {
        DynamoErrors.ThrowIf(projection.ProjectionType is null, DynamoErrors.Parameters + "Unknown ProjectionType: null");
        DynamoErrors.ThrowIf(
            projection.NonKeyAttributes is not null && projection.ProjectionType != ProjectionType.Include,
            $"{DynamoErrors.Parameters}ProjectionType is {projection.ProjectionType}, but NonKeyAttributes is specified");
        DynamoErrors.ThrowIf(
            projection.NonKeyAttributes is null && projection.ProjectionType == ProjectionType.Include,
            $"{DynamoErrors.Parameters}ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
}
