using System.Globalization;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Text;

/// <summary>The three spellings of timestamps. <see href="https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait"/></summary>
public static class Timestamps
{
    private static readonly string[] s_httpDates =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss.FFF 'GMT'", "ddd, dd MMM yyyy HH:mm:ss zzz",
    ];

    public static string Format(DateTimeOffset value, TimestampFormat format)
    {
        var utc = value.ToUniversalTime();
        switch (format)
        {
            case TimestampFormat.HttpDate:
                return utc.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
            case TimestampFormat.EpochSeconds:
                return EpochSeconds(utc).ToString("0.###", CultureInfo.InvariantCulture);
            default:
                return utc.ToString(utc.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }
    }

    public static decimal EpochSeconds(DateTimeOffset value) => value.ToUnixTimeMilliseconds() / 1000m;

    /// <exception cref="WireFormatException">The number is no time that exists.</exception>
    public static DateTimeOffset FromEpochSeconds(double seconds)
    {
        if (double.IsNaN(seconds) || seconds is < -62135596800d or > 253402300799d)
        {
            throw new WireFormatException("Timestamp is out of range.");
        }

        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000d));
    }

    /// <summary>Reads any of the three spellings: clients do not always keep to the one that is meant.</summary>
    /// <exception cref="WireFormatException">The text is none of them.</exception>
    public static DateTimeOffset Parse(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return FromEpochSeconds(seconds);
        }

        if (text.Length >= 10 && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        if (DateTimeOffset.TryParseExact(
            text, s_httpDates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            return time;
        }

        throw new WireFormatException("Invalid timestamp: " + (text.Length > 64 ? text[..64] : text));
    }
}
