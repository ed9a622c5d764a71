using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Haneul.DynamoDb.Values;

/// <summary>
/// Reads the compact form of values in place. A value is its kind and, except for null and booleans, a length and a payload:
/// <code>
/// S, B        bytes                     N          canonical decimal text
/// SS, NS, BS  count, (length, bytes)*   L          count, value*
/// M           count, (length, name, value)*
/// </code>
/// Counts and lengths are base-128 numbers. Names of a map and elements of a set are sorted and unique, numbers have one form:
/// equal values have equal bytes. An item is the payload of a map.
/// </summary>
internal static class Encoded
{
    public static ValueKind Kind(ReadOnlySpan<byte> value) => value.IsEmpty ? ValueKind.None : (ValueKind)value[0];

    public static bool HasPayload(ValueKind kind) => kind is >= ValueKind.String and <= ValueKind.List;

    /// <summary>What is behind kind and length; empty for null and booleans.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> value)
    {
        if (!HasPayload((ValueKind)value[0]))
        {
            return default;
        }

        var rest = value[1..];
        var length = ReadLength(ref rest);
        return rest[..length];
    }

    /// <summary>Takes a whole value off the front.</summary>
    public static ReadOnlySpan<byte> ReadValue(scoped ref ReadOnlySpan<byte> from)
    {
        var total = 1;
        if (HasPayload((ValueKind)from[0]))
        {
            var rest = from[1..];
            var length = ReadLength(ref rest);
            total = from.Length - rest.Length + length;
        }

        var value = from[..total];
        from = from[total..];
        return value;
    }

    public static int ReadLength(scoped ref ReadOnlySpan<byte> from)
    {
        var first = from[0];
        if (first < 0x80)
        {
            from = from[1..];
            return first;
        }

        var value = first & 0x7F;
        for (int i = 1, shift = 7; i < 5; i++, shift += 7)
        {
            var next = from[i];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                from = from[(i + 1)..];
                return value >= 0 ? value : Malformed();
            }
        }

        return Malformed();
    }

    /// <summary>Takes a length and as many bytes: a name, or an element of a set.</summary>
    public static ReadOnlySpan<byte> ReadBytes(scoped ref ReadOnlySpan<byte> from)
    {
        var length = ReadLength(ref from);
        var bytes = from[..length];
        from = from[length..];
        return bytes;
    }

    /// <summary>The value of an attribute of an item or map, or nothing.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> map, ReadOnlySpan<byte> name)
    {
        var rest = map;
        for (var left = ReadLength(ref rest); left > 0; left--)
        {
            var found = ReadBytes(ref rest);
            var value = ReadValue(ref rest);
            var order = found.SequenceCompareTo(name);
            if (order == 0)
            {
                return value;
            }

            if (order > 0)
            {
                break;
            }
        }

        return default;
    }

    /// <summary>An element of a list by its position, or nothing.</summary>
    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> list, int index)
    {
        var rest = list;
        var count = ReadLength(ref rest);
        if ((uint)index >= (uint)count)
        {
            return default;
        }

        for (; index > 0; index--)
        {
            ReadValue(ref rest);
        }

        return ReadValue(ref rest);
    }

    /// <summary>The number of elements of a list, a set or a map.</summary>
    public static int Count(ReadOnlySpan<byte> payload) => ReadLength(ref payload);

    public static bool SetContains(ReadOnlySpan<byte> set, ReadOnlySpan<byte> element)
    {
        var rest = set;
        for (var left = ReadLength(ref rest); left > 0; left--)
        {
            if (ReadBytes(ref rest).SequenceEqual(element))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The order of two values of one type S, N or B; null for all others, which have none.</summary>
    public static int? Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var kind = Kind(left);
        if (kind != Kind(right))
        {
            return null;
        }

        return kind switch
        {
            ValueKind.String or ValueKind.Binary => Payload(left).SequenceCompareTo(Payload(right)),
            ValueKind.Number => Number.Of(Payload(left)).CompareTo(Number.Of(Payload(right))),
            _ => null,
        };
    }

    /// <summary>How AWS prints a value inside messages: <c>{N:1}</c>.</summary>
    public static string Show(ReadOnlySpan<byte> value)
    {
        var kind = Kind(value);
        var text = kind switch
        {
            ValueKind.String or ValueKind.Number => Encoding.UTF8.GetString(Payload(value)),
            ValueKind.Binary => Convert.ToBase64String(Payload(value)),
            ValueKind.Null => "true",
            ValueKind.True => "true",
            ValueKind.False => "false",
            ValueKind.List => ShowList(Payload(value)),
            ValueKind.Map => ShowMap(Payload(value)),
            _ => ShowSet(kind, Payload(value)),
        };
        return $"{{{kind.Name()}:{text}}}";
    }

    private static string ShowList(ReadOnlySpan<byte> payload)
    {
        var parts = new List<string>();
        for (var left = ReadLength(ref payload); left > 0; left--)
        {
            parts.Add(Show(ReadValue(ref payload)));
        }

        return $"[{string.Join(", ", parts)}]";
    }

    private static string ShowMap(ReadOnlySpan<byte> payload)
    {
        var parts = new List<string>();
        for (var left = ReadLength(ref payload); left > 0; left--)
        {
            var name = Encoding.UTF8.GetString(ReadBytes(ref payload));
            parts.Add($"{name}={Show(ReadValue(ref payload))}");
        }

        return $"{{{string.Join(", ", parts)}}}";
    }

    private static string ShowSet(ValueKind kind, ReadOnlySpan<byte> payload)
    {
        var parts = new List<string>();
        for (var left = ReadLength(ref payload); left > 0; left--)
        {
            var element = ReadBytes(ref payload);
            parts.Add(kind == ValueKind.BinarySet ? Convert.ToBase64String(element) : Encoding.UTF8.GetString(element));
        }

        return $"[{string.Join(", ", parts)}]";
    }

    [DoesNotReturn]
    private static int Malformed() => throw new FormatException("An encoded value is malformed.");
}
