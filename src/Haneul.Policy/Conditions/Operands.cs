using System.Globalization;
using System.Net;

namespace Haneul.Policy.Conditions;

/// <summary>Compares values that are more than text. What cannot be read compares as different.</summary>
internal static class Operands
{
    private static readonly string[] s_dates =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM", "yyyy",
        "yyyyMMdd'T'HHmmssK", "yyyyMMdd",
    ];

    public static bool Compare(Comparison comparison, string actual, string expected) => comparison switch
    {
        <= Comparison.NumericGreaterThanEquals =>
            Number(actual) is { } a && Number(expected) is { } b && Ordered(comparison - Comparison.NumericEquals, a.CompareTo(b)),
        <= Comparison.DateGreaterThanEquals =>
            Date(actual) is { } a && Date(expected) is { } b && Ordered(comparison - Comparison.DateEquals, a.CompareTo(b)),
        Comparison.BinaryEquals => SameBytes(actual, expected),
        Comparison.IpAddress => InRange(actual, expected),
        _ => false,
    };

    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var n)
            ? n
            : null;

    /// <summary>A date of ISO 8601, or seconds since 1970.</summary>
    public static DateTimeOffset? Date(string text)
    {
        // Four digits are a year, more are seconds.
        if (text.Length > 4 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > -62_135_596_800 and < 253_402_300_800 && text.Length != 8)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(
            text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date)
            ? date
            : null;
    }

    /// <summary>An address, or a range such as <c>203.0.113.0/24</c>; bits behind the prefix are ignored, as AWS does.</summary>
    public static bool IsRange(string text) => Range(text, out _, out _);

    private static bool Ordered(int order, int compared) => order switch
    {
        0 => compared == 0,
        1 => compared < 0,
        2 => compared <= 0,
        3 => compared > 0,
        _ => compared >= 0,
    };

    private static bool SameBytes(string actual, string expected)
    {
        Span<byte> a = new byte[(actual.Length * 3 / 4) + 3];
        Span<byte> b = new byte[(expected.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(actual, a, out var x) && Convert.TryFromBase64String(expected, b, out var y) && a[..x].SequenceEqual(b[..y]);
    }

    private static bool InRange(string actual, string expected)
    {
        if (!IPAddress.TryParse(actual, out var address) || !Range(expected, out var network, out var prefix))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily != network.AddressFamily)
        {
            return false;
        }

        Span<byte> a = stackalloc byte[16];
        Span<byte> b = stackalloc byte[16];
        address.TryWriteBytes(a, out _);
        network.TryWriteBytes(b, out _);
        var whole = prefix / 8;
        var rest = prefix % 8;
        return a[..whole].SequenceEqual(b[..whole]) && (rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0);
    }

    private static bool Range(string text, out IPAddress network, out int prefix)
    {
        var slash = text.IndexOf('/');
        prefix = 0;
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out network!))
        {
            return false;
        }

        var bits = network.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128;
        prefix = bits;
        return slash < 0
            || (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= bits);
    }
}
