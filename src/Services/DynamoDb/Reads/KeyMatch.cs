using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Reads;

/// <summary>The conditions of a query, on the key attributes they are about.</summary>
/// <param name="Hash">On the first attribute of the hash key.</param>
/// <param name="Range">On the first attribute of the range key, if there is one.</param>
internal readonly record struct KeyMatch(KeyCondition Hash, KeyCondition? Range)
{
    private const string NotSupported = "Query key condition not supported";

    /// <summary>On further attributes of a global index's hash key.</summary>
    public KeyCondition[] MoreHashes { get; init; } = [];

    /// <summary>On further attributes of a global index's range key; only the last may be something else than an equality.</summary>
    public KeyCondition[] MoreRanges { get; init; } = [];

    public static KeyMatch Of(KeySchema schema, Dictionary<string, KeyCondition> conditions)
    {
        if (schema.IsComposite)
        {
            return OfSeveral(schema, conditions);
        }

        DynamoErrors.ThrowIf(conditions.Count is not (1 or 2), "Conditions can be of length 1 or 2 only");
        var hash = Find(schema.Hash, conditions);
        KeyCondition? range = null;
        if (conditions.Count > 1)
        {
            DynamoErrors.ThrowIf(schema.Range is null, NotSupported);
            range = Find(schema.Range!, conditions);
        }

        DynamoErrors.ThrowIf(hash.Operator != ComparisonOperator.Eq, NotSupported);
        Check(schema.Hash, hash, isHash: true);
        if (range is not null)
        {
            Check(schema.Range!, range, isHash: false);
        }

        return new KeyMatch(hash, range);
    }

    /// <summary>Whether a key satisfies all conditions on the hash key.</summary>
    public bool HoldsHash(KeySchema schema, AttributeMap key)
    {
        KeyCondition[] all = [Hash, .. MoreHashes];
        return !all.Where((condition, i) => !key.Find(schema.Hashes[i].Utf8).SequenceEqual(condition.Value)).Any();
    }

    /// <summary>Whether a key satisfies all conditions on the range key.</summary>
    public bool HoldsRange(KeySchema schema, AttributeMap key)
    {
        KeyCondition[] all = Range is null ? [] : [Range, .. MoreRanges];
        return !all.Where((condition, i) => !condition.Holds(key.Find(schema.Ranges[i].Utf8))).Any();
    }

    // Every attribute of the hash key, and those of the range key from left to right without a gap.
    private static KeyMatch OfSeveral(KeySchema schema, Dictionary<string, KeyCondition> conditions)
    {
        KeyCondition[] hashes = [.. schema.Hashes.Select(part => Find(part, conditions))];
        DynamoErrors.ThrowIf(Array.Exists(hashes, hash => hash.Operator != ComparisonOperator.Eq), NotSupported);
        var ranges = new List<KeyCondition>();
        for (var left = conditions.Keys.Count(name => Array.Exists(schema.Ranges, part => part.Name == name)); left > 0; left--)
        {
            DynamoErrors.ThrowIf(ranges.Count > 0 && ranges[^1].Operator != ComparisonOperator.Eq, NotSupported);
            ranges.Add(Find(schema.Ranges[ranges.Count], conditions));
        }

        DynamoErrors.ThrowIf(hashes.Length + ranges.Count < conditions.Count, NotSupported);
        for (var i = 0; i < hashes.Length; i++)
        {
            Check(schema.Hashes[i], hashes[i], isHash: true);
        }

        for (var i = 0; i < ranges.Count; i++)
        {
            Check(schema.Ranges[i], ranges[i], isHash: false);
        }

        return new KeyMatch(hashes[0], ranges.FirstOrDefault())
        {
            MoreHashes = hashes[1..],
            MoreRanges = ranges.Count > 1 ? [.. ranges[1..]] : [],
        };
    }

    private static KeyCondition Find(KeyPart part, Dictionary<string, KeyCondition> conditions)
    {
        DynamoErrors.ThrowIf(!conditions.TryGetValue(part.Name, out var found), $"Query condition missed key schema element: {part.Name}");
        return found!;
    }

    private static void Check(KeyPart part, KeyCondition condition, bool isHash)
    {
        DynamoErrors.ThrowIf(
            Encoded.Kind(condition.Value) != part.Kind || (condition.Upper is not null && Encoded.Kind(condition.Upper) != part.Kind),
            DynamoErrors.Parameters + "Condition parameter type does not match schema type");
        DynamoErrors.ThrowIf(
            part.Kind != ValueKind.Number && Encoded.Payload(condition.Value).IsEmpty && condition.Operator != ComparisonOperator.BeginsWith,
            "One or more parameter values are not valid. "
            + $"The AttributeValue for a key attribute cannot contain an empty {(part.Kind == ValueKind.String ? "string" : "binary")} value. Key: {part.Name}");
        DynamoErrors.ThrowIf(
            part.Kind == ValueKind.Number && condition.Operator == ComparisonOperator.BeginsWith,
            $"{DynamoErrors.Parameters}ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
        if (KeyCodec.CheckSize(part, condition.Value, isHash) is { } message)
        {
            DynamoErrors.Throw(message);
        }
    }
}
