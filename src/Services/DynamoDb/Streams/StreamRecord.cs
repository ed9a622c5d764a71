using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Streams;

/// <summary>
/// A change as a stream keeps it: version, event, flags, then keys, old and new image, each with its length and empty where the stream's
/// view leaves it out.
/// </summary>
internal readonly ref struct StreamRecord
{
    private const byte Version = 1;
    private const byte Expired = 1;
    private const byte Replicated = 2;

    public string Event { get; private init; }

    /// <summary>The item's time was over; DynamoDB itself deleted it.</summary>
    public bool IsExpiry { get; private init; }

    /// <summary>The change was made to another replica of the table.</summary>
    public bool IsReplicated { get; private init; }

    public ReadOnlySpan<byte> Keys { get; private init; }

    public ReadOnlySpan<byte> Old { get; private init; }

    public ReadOnlySpan<byte> New { get; private init; }

    public static void Write(
        ValueWriter writer, string view, KeySchema schema, ReadOnlySpan<byte> old, ReadOnlySpan<byte> item, bool expired, bool replicated)
    {
        writer.Byte(Version);
        writer.Byte((byte)(old.IsEmpty ? 1 : item.IsEmpty ? 3 : 2));
        writer.Byte((byte)((expired ? Expired : 0) | (replicated ? Replicated : 0)));
        var keys = writer.Open();
        WriteKeys(writer, schema, item.IsEmpty ? old : item);
        writer.Close(keys);
        writer.Bytes(view is StreamViewType.OldImage or StreamViewType.NewAndOldImages ? old : default);
        writer.Bytes(view is StreamViewType.NewImage or StreamViewType.NewAndOldImages ? item : default);
    }

    public static StreamRecord Read(ReadOnlySpan<byte> stored)
    {
        if (stored[0] != Version)
        {
            throw new FormatException("A stream's record has an unknown version.");
        }

        var rest = stored[3..];
        return new StreamRecord
        {
            Event = stored[1] switch
            {
                1 => "INSERT",
                2 => "MODIFY",
                _ => "REMOVE",
            },
            IsExpiry = (stored[2] & Expired) != 0,
            IsReplicated = (stored[2] & Replicated) != 0,
            Keys = Encoded.ReadBytes(ref rest),
            Old = Encoded.ReadBytes(ref rest),
            New = Encoded.ReadBytes(ref rest),
        };
    }

    private static void WriteKeys(ValueWriter writer, KeySchema schema, ReadOnlySpan<byte> item)
    {
        var map = writer.Begin();
        foreach (var part in new[] { schema.Hash, schema.Range })
        {
            if (part is not null)
            {
                writer.Entry();
                writer.Bytes(part.Utf8);
                writer.Raw(Encoded.Find(item, part.Utf8));
            }
        }

        writer.EndMap(map);
    }
}
