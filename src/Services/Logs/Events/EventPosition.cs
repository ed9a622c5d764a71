using System.Globalization;

namespace Haneul.Logs.Events;

/// <summary>A place in a stream, as page tokens carry it: <c>f/</c> for what comes after, <c>b/</c> for what came before.</summary>
internal readonly record struct EventPosition(bool Forward, long Time, long Number)
{
    public string Token => string.Create(CultureInfo.InvariantCulture, $"{(Forward ? 'f' : 'b')}/{Time:D19}{Number:D19}/s");

    public static bool TryParse(string token, out EventPosition position)
    {
        position = default;
        if (token.Length != 42 || !(token.StartsWith("f/", StringComparison.Ordinal) || token.StartsWith("b/", StringComparison.Ordinal))
            || !token.EndsWith("/s", StringComparison.Ordinal)
            || !long.TryParse(token.AsSpan(2, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || !long.TryParse(token.AsSpan(21, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        position = new EventPosition(token[0] == 'f', time, number);
        return true;
    }
}
