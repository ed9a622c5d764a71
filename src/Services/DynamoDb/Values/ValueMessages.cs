namespace Haneul.DynamoDb.Values;

/// <summary>AWS's words for values that are not legal, and the checks they belong to; shared by all readers of values.</summary>
internal static class ValueMessages
{
    public const int MaxDepth = 32;

    public const string NoType = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    public const string SeveralTypes = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
    public const string TooDeep = "Nesting Levels have exceeded supported limits";

    private const string Prefix = "One or more parameter values were invalid: ";

    public static void CheckDepth(ValueWriter writer, int depth)
    {
        if (depth >= MaxDepth)
        {
            writer.Fail(TooDeep);
        }
    }

    public static void Flag(ValueWriter writer, ValueKind kind, bool value)
    {
        if (kind == ValueKind.Null && !value)
        {
            writer.Fail(Prefix + "Null attribute value types must have the value of true");
        }

        writer.Kind(kind == ValueKind.Null ? ValueKind.Null : value ? ValueKind.True : ValueKind.False);
    }

    /// <summary>Writes the canonical text of a number, with its length.</summary>
    public static void Number(ValueWriter writer, ReadOnlySpan<byte> text)
    {
        if (!Values.Number.TryParse(text, out var number, out var error))
        {
            writer.Fail(error!);
        }

        Span<byte> canonical = stackalloc byte[Values.Number.MaxText];
        writer.Bytes(canonical[..number.Format(canonical)]);
    }

    /// <param name="writer">Has the set.</param>
    /// <param name="kind">Its type.</param>
    /// <param name="start">Where its length stands.</param>
    /// <param name="elements">All elements, if two of them are equal.</param>
    public static void CheckSet(ValueWriter writer, ValueKind kind, int start, List<string>? elements)
    {
        var set = writer.Written[start..];
        Encoded.ReadLength(ref set);
        if (Encoded.Count(set) == 0)
        {
            writer.Fail(Prefix + (kind switch
            {
                ValueKind.StringSet => "An string set  may not be empty",
                ValueKind.NumberSet => "An number set  may not be empty",
                _ => "Binary sets should not be empty",
            }));
        }
        else if (elements is not null)
        {
            var shown = $"[{string.Join(", ", elements)}]";
            writer.Fail(kind switch
            {
                ValueKind.StringSet => $"{Prefix}Input collection {shown} contains duplicates.",
                ValueKind.NumberSet => "Input collection contains duplicates",
                _ => $"{Prefix}Input collection {shown}of type BS contains duplicates.",
            });
        }
    }
}
