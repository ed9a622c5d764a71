using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Matches the selection patterns of integration responses. A pattern has to match the whole text, and takes a tenth of a second at most: whoever
/// writes it may not hold up the cloud. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html"/>
/// </summary>
internal static class SelectionPatterns
{
    private const int MaxKept = 4096;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    // Compiled once for each text; any thread may read and add.
    private static readonly ConcurrentDictionary<string, Regex?> s_kept = new(StringComparer.Ordinal);

    public static bool IsMatch(string pattern, string text)
    {
        if (!s_kept.TryGetValue(pattern, out var regex))
        {
            if (s_kept.Count >= MaxKept)
            {
                s_kept.Clear();
            }

            s_kept[pattern] = regex = Make(pattern);
        }

        try
        {
            return regex?.IsMatch(text) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // Time grows with the text alone where the pattern allows it; what looks around or back is bounded by the clock.
    private static Regex? Make(string pattern)
    {
        var whole = $@"\A(?:{pattern})\z";
        try
        {
            return new Regex(whole, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, s_patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(whole, RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
