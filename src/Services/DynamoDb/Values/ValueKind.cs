namespace Haneul.DynamoDb.Values;

/// <summary>The first byte of an encoded value: its type, and for booleans the value itself.</summary>
internal enum ValueKind : byte
{
    None = 0,
    String = 1,
    Number = 2,
    Binary = 3,
    StringSet = 4,
    NumberSet = 5,
    BinarySet = 6,
    Map = 7,
    List = 8,
    Null = 9,
    False = 10,
    True = 11,
}

/// <summary>AWS's names of the types.</summary>
internal static class ValueKinds
{
    /// <summary>The name on the wire.</summary>
    public static string Name(this ValueKind kind) => kind switch
    {
        ValueKind.String => "S",
        ValueKind.Number => "N",
        ValueKind.Binary => "B",
        ValueKind.StringSet => "SS",
        ValueKind.NumberSet => "NS",
        ValueKind.BinarySet => "BS",
        ValueKind.Map => "M",
        ValueKind.List => "L",
        ValueKind.Null => "NULL",
        ValueKind.False or ValueKind.True => "BOOL",
        _ => "",
    };

    /// <summary>The name in messages about update expressions.</summary>
    public static string LongName(this ValueKind kind) => kind switch
    {
        ValueKind.String => "STRING",
        ValueKind.Number => "NUMBER",
        ValueKind.Binary => "BINARY",
        ValueKind.StringSet => "STRING_SET",
        ValueKind.NumberSet => "NUMBER_SET",
        ValueKind.BinarySet => "BINARY_SET",
        ValueKind.Map => "MAP",
        ValueKind.List => "LIST",
        ValueKind.Null => "NULL",
        _ => "BOOLEAN",
    };

    public static bool IsSet(this ValueKind kind) => kind is ValueKind.StringSet or ValueKind.NumberSet or ValueKind.BinarySet;

    /// <summary>Both booleans are one type.</summary>
    public static bool SameType(ValueKind a, ValueKind b) =>
        a == b || (a is ValueKind.False or ValueKind.True && b is ValueKind.False or ValueKind.True);

    public static bool TryParse(ReadOnlySpan<byte> name, out ValueKind kind)
    {
        kind = name.Length switch
        {
            1 => name[0] switch
            {
                (byte)'S' => ValueKind.String,
                (byte)'N' => ValueKind.Number,
                (byte)'B' => ValueKind.Binary,
                (byte)'M' => ValueKind.Map,
                (byte)'L' => ValueKind.List,
                _ => ValueKind.None,
            },
            2 when name[1] == (byte)'S' => name[0] switch
            {
                (byte)'S' => ValueKind.StringSet,
                (byte)'N' => ValueKind.NumberSet,
                (byte)'B' => ValueKind.BinarySet,
                _ => ValueKind.None,
            },
            4 when name.SequenceEqual("NULL"u8) => ValueKind.Null,
            4 when name.SequenceEqual("BOOL"u8) => ValueKind.True,
            _ => ValueKind.None,
        };
        return kind != ValueKind.None;
    }
}
