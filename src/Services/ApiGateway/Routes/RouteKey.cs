using System.Buffers;

namespace Haneul.ApiGateway.Routes;

/// <summary>What a route answers to: a method and a path with <c>{variables}</c> and <c>{greedy+}</c> ends, or everything else (<c>$default</c>).</summary>
/// <param name="Method">The HTTP method, or <c>ANY</c>; null for <c>$default</c>.</param>
/// <param name="Segments">The parts of the path; empty for the root.</param>
internal sealed record RouteKey(string? Method, IReadOnlyList<string> Segments)
{
    public const string Default = "$default";

    public const string Malformed =
        "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"";

    private static readonly string[] s_methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

    private static readonly SearchValues<char> s_reserved = SearchValues.Create("{}+ ?#");

    public bool IsDefault => Method is null;

    public static bool TryParse(string text, out RouteKey key)
    {
        key = new RouteKey(null, []);
        if (text == Default)
        {
            return true;
        }

        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !s_methods.Contains(text[..space]) || text.Length < space + 2 || text[space + 1] != '/')
        {
            return false;
        }

        var path = text[(space + 2)..];
        string[] segments = path.Length == 0 ? [] : path.Split('/');
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (IsVariable(segment))
            {
                // A greedy variable takes the rest, so it comes last.
                if (VariableName(segment).Length == 0 || !names.Add(VariableName(segment)) || (IsGreedy(segment) && i < segments.Length - 1))
                {
                    return false;
                }
            }
            else if (segment.Length == 0 || segment.AsSpan().ContainsAny(s_reserved))
            {
                return false;
            }
        }

        key = new RouteKey(text[..space], segments);
        return true;
    }

    public static bool IsVariable(string segment) => segment.Length > 2 && segment[0] == '{' && segment[^1] == '}';

    public static bool IsGreedy(string segment) => segment.EndsWith("+}", StringComparison.Ordinal);

    public static string VariableName(string segment) => segment[1..(IsGreedy(segment) ? ^2 : ^1)];
}
