using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expiry;

/// <summary>
/// When an item expires: whole seconds since 1970 in a number; anything else never does.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html"/>
/// </summary>
internal static class ExpiryTime
{
    /// <summary>Times that were over longer than this are mistakes and expire nothing.</summary>
    public static readonly TimeSpan TooOld = TimeSpan.FromDays(5 * 365.25);

    public static long? Of(ReadOnlySpan<byte> item, byte[]? attribute)
    {
        if (item.IsEmpty || attribute is null)
        {
            return null;
        }

        var value = Encoded.Find(item, attribute);
        return Encoded.Kind(value) == ValueKind.Number && Number.Of(Encoded.Payload(value)).ToInt64() is { } second and > 0 ? second : null;
    }
}
