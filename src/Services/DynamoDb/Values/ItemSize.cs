namespace Haneul.DynamoDb.Values;

/// <summary>
/// Sizes as AWS counts them, which is not what anything takes on disk.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html"/>
/// </summary>
internal static class ItemSize
{
    /// <summary>The largest item, names and values.</summary>
    public const int Max = 400 * 1024;

    /// <summary>What a map or a list costs besides its elements, each of which costs one more byte.</summary>
    private const int Container = 3;

    public static int OfMap(ReadOnlySpan<byte> payload)
    {
        var size = 0;
        for (var left = Encoded.ReadLength(ref payload); left > 0; left--)
        {
            size += Encoded.ReadBytes(ref payload).Length;
            size += OfValue(Encoded.ReadValue(ref payload));
        }

        return size;
    }

    public static int OfValue(ReadOnlySpan<byte> value)
    {
        var payload = Encoded.Payload(value);
        switch (Encoded.Kind(value))
        {
            case ValueKind.String or ValueKind.Binary:
                return payload.Length;
            case ValueKind.Number:
                return Number.Of(payload).Size();
            case ValueKind.Map:
                return Container + Encoded.Count(payload) + OfMap(payload);
            case ValueKind.List:
                var size = Container;
                for (var left = Encoded.ReadLength(ref payload); left > 0; left--)
                {
                    size += 1 + OfValue(Encoded.ReadValue(ref payload));
                }

                return size;
            case ValueKind.StringSet or ValueKind.BinarySet or ValueKind.NumberSet:
                var numbers = Encoded.Kind(value) == ValueKind.NumberSet;
                var total = 0;
                for (var left = Encoded.ReadLength(ref payload); left > 0; left--)
                {
                    var element = Encoded.ReadBytes(ref payload);
                    total += numbers ? Number.Of(element).Size() : element.Length;
                }

                return total;
            default:
                return 1;
        }
    }
}
