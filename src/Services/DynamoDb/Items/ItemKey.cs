using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Storage.Keys;

namespace Haneul.DynamoDb.Items;

/// <summary>Where an item lies: its key inside of its partition, and which partition that is.</summary>
internal readonly struct ItemKey(byte[] bytes, uint token)
{
    private const string NotValid = "One or more parameter values are not valid. ";

    public byte[] Bytes => bytes;

    public uint Token => token;

    /// <summary>The key that a request gives: exactly the key's attributes.</summary>
    public static ItemKey FromKey(Table table, AttributeMap key)
    {
        if (CheckKey(table.Key, key.Span) is { } error)
        {
            throw error.ToException();
        }

        return Make(table, key.Span);
    }

    /// <summary>The key of an item that is to be stored, whose index keys are checked too.</summary>
    public static ItemKey FromItem(Table table, ReadOnlySpan<byte> item)
    {
        if (CheckItem(table, item) is { } message)
        {
            DynamoErrors.Throw(message);
        }

        return Make(table, item);
    }

    public static ItemKey Make(Table table, ReadOnlySpan<byte> item)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        var token = DynamoDbKeyspace.WriteItem(ref writer, table.Key, item);
        var key = new ItemKey(writer.Written.ToArray(), token);
        writer.Dispose();
        return key;
    }

    public static ServiceError? CheckKey(KeySchema schema, ReadOnlySpan<byte> key)
    {
        if (Encoded.Count(key) != schema.Count || !schema.Hash.TryFind(key, out var hash))
        {
            return DynamoErrors.Validation(DynamoErrors.KeyMismatch);
        }

        ReadOnlySpan<byte> range = default;
        if (schema.Range is not null && !schema.Range.TryFind(key, out range))
        {
            return DynamoErrors.Validation(DynamoErrors.KeyMismatch);
        }

        var message = CheckPart(schema.Hash, hash, isHash: true, DynamoErrors.Parameters)
            ?? (schema.Range is null ? null : CheckPart(schema.Range, range, isHash: false, DynamoErrors.Parameters));
        return message is null ? null : DynamoErrors.Validation(message);
    }

    /// <returns>What is wrong with an item as one of the table, or null.</returns>
    public static string? CheckItem(Table table, ReadOnlySpan<byte> item)
    {
        foreach (var (part, isHash) in new[] { (table.Key.Hash, true), (table.Key.Range, false) })
        {
            if (part is null)
            {
                continue;
            }

            if (!part.TryFind(item, out var value))
            {
                return DynamoErrors.Parameters + (value.IsEmpty
                    ? $"Missing the key {part.Name} in the item"
                    : $"Type mismatch for key {part.Name} expected: {part.Kind.Name()} actual: {Encoded.Kind(value).Name()}");
            }

            if (CheckPart(part, value, isHash, NotValid) is { } message)
            {
                return message;
            }
        }

        return CheckIndexKeys(table, item, old: default);
    }

    /// <param name="table">The table.</param>
    /// <param name="item">The item as it will be.</param>
    /// <param name="old">The item as it is: an attribute that fitted no index before one was made may stay as it is.</param>
    /// <returns>What is wrong with an item as one of the table's indexes, or null.</returns>
    public static string? CheckIndexKeys(Table table, ReadOnlySpan<byte> item, ReadOnlySpan<byte> old)
    {
        foreach (var index in table.Indexes)
        {
            for (var i = 0; i < index.Key.Parts.Length; i++)
            {
                if (CheckIndexPart(index, index.Key.Parts[i], isHash: i < index.Key.Hashes.Length, item, old) is { } message)
                {
                    return message;
                }
            }
        }

        return null;
    }

    // AWS has two beginnings of the same complaint: one for keys, one for items.
    private static string? CheckPart(KeyPart part, ReadOnlySpan<byte> value, bool isHash, string words)
    {
        if (part.Kind != ValueKind.Number && Encoded.Payload(value).IsEmpty)
        {
            var type = part.Kind == ValueKind.String ? "string" : "binary";
            return $"{words}The AttributeValue for a key attribute cannot contain an empty {type} value. Key: {part.Name}";
        }

        return KeyCodec.CheckSize(part, value, isHash);
    }

    private static string? CheckIndexPart(TableIndex index, KeyPart part, bool isHash, ReadOnlySpan<byte> item, ReadOnlySpan<byte> old)
    {
        var value = Encoded.Find(item, part.Utf8);
        if (value.IsEmpty || (!old.IsEmpty && value.SequenceEqual(Encoded.Find(old, part.Utf8))))
        {
            return null;
        }

        if (Encoded.Kind(value) != part.Kind)
        {
            return DynamoErrors.Parameters
                + $"Type mismatch for Index Key {part.Name} Expected: {part.Kind.Name()} Actual: {Encoded.Kind(value).Name()} IndexName: {index.Name}";
        }

        if (part.Kind != ValueKind.Number && Encoded.Payload(value).IsEmpty)
        {
            var type = part.Kind == ValueKind.String ? "string" : "binary";
            return NotValid + "A value specified for a secondary index key is not supported. "
                + $"The AttributeValue for a key attribute cannot contain an empty {type} value. IndexName: {index.Name}, IndexKey: {part.Name}";
        }

        return KeyCodec.CheckSize(part, value, isHash);
    }
}
