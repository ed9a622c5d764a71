using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>Compiled validation expressions. A token that makes an expression run long does not match.</summary>
internal sealed class TokenPatterns
{
    private const int MaxPatterns = 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, Regex?> _patterns = new();

    /// <summary>Whether an expression is one.</summary>
    public static bool IsPattern(string expression) => Compile(expression) is not null;

    /// <summary>Whether the whole token matches; a missing expression matches all, a malformed one none.</summary>
    public bool Matches(string? expression, string token)
    {
        if (string.IsNullOrEmpty(expression))
        {
            return true;
        }

        if (_patterns.Count >= MaxPatterns)
        {
            _patterns.Clear();
        }

        try
        {
            return _patterns.GetOrAdd(expression, Compile)?.IsMatch(token) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? Compile(string expression)
    {
        try
        {
            _ = new Regex(expression, RegexOptions.CultureInvariant, s_patience); // alone, so that it cannot close our group
            return new Regex($@"\A(?:{expression})\z", RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
