using System.Text;
using System.Text.Encodings.Web;

namespace Haneul.ApiGateway.Execute.AccessLogs;

/// <summary>
/// A stage's format of access log lines: text with variables such as <c>$context.requestId</c>; CLF, JSON, XML and CSV are conventions of its text.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"/>
/// </summary>
internal static class AccessLogFormat
{
    private const string Open = "$context.";
    private const int MaxLength = 10 * 1024;

    /// <summary>Why a format cannot be taken, or null.</summary>
    public static string? Refusal(string? format) =>
        string.IsNullOrEmpty(format) ? "Access log format must be specified."
        : format.Length > MaxLength ? "Access log format is too long."
        : format.Contains('\n', StringComparison.Ordinal) || format.Contains('\r', StringComparison.Ordinal)
            ? "Access Log format must be single line. '\\n' or '\\r' is not allowed."
        : !format.Contains("$context.requestId", StringComparison.Ordinal) && !format.Contains("$context.extendedRequestId", StringComparison.Ordinal)
            ? "Access log format must contain at least one of $context.requestId or $context.extendedRequestId."
        : null;

    /// <param name="format">The format.</param>
    /// <param name="find">A context variable by its name without <c>$context.</c>; null for one that has no value, which is written as a dash.</param>
    public static string Render(string format, Func<string, string?> find)
    {
        var line = new StringBuilder(format.Length * 2);
        var at = 0;
        for (int start; (start = format.IndexOf(Open, at, StringComparison.Ordinal)) >= 0;)
        {
            line.Append(format, at, start - at);
            var name = start + Open.Length;
            var end = name;
            while (end < format.Length && IsName(format[end]))
            {
                end++;
            }

            at = Append(line, format, name, end, find);
        }

        return line.Append(format, at, format.Length - at).ToString();
    }

    // A name may be followed by what could belong to it, such as a full stop: the longest one that is known counts.
    private static int Append(StringBuilder line, string format, int name, int end, Func<string, string?> find)
    {
        for (var stop = end; stop > name; stop = format.AsSpan(name, stop - name).LastIndexOfAny('.', '-', ':') is var cut and > 0 ? name + cut : name)
        {
            if (find(format[name..stop]) is { Length: > 0 } value)
            {
                // Quotes and line ends would make other fields and lines of what a client sends.
                line.Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value));
                return stop;
            }
        }

        while (end > name && format[end - 1] is '.' or '-' or ':')
        {
            end--;
        }

        line.Append('-');
        return end;
    }

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':';
}
