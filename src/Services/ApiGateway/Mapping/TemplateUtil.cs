using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Velocity;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Mapping;

/// <summary>
/// <c>$util</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference"/>
/// </summary>
internal sealed class TemplateUtil : IVelocityObject
{
    public static TemplateUtil Instance { get; } = new();

    public object? Get(string name) => null;

    public object? Invoke(string method, object?[] arguments)
    {
        if (arguments is not [{ } argument])
        {
            return null;
        }

        var text = JavaText.Of(argument);
        return method switch
        {
            "escapeJavaScript" => EscapeJavaScript(text),
            "parseJson" => ParseJson(text),
            "urlEncode" => WebUtility.UrlEncode(text).Replace("!", "%21", StringComparison.Ordinal)
                .Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal),
            "urlDecode" => WebUtility.UrlDecode(text),
            "base64Encode" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            "base64Decode" => DecodeBase64(text),
            _ => null,
        };
    }

    // As StringEscapeUtils of Commons Lang 2 does: quotes, slashes and everything outside of ASCII.
    private static string EscapeJavaScript(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\b':
                    escaped.Append("\\b");
                    break;
                case '\n':
                    escaped.Append("\\n");
                    break;
                case '\t':
                    escaped.Append("\\t");
                    break;
                case '\f':
                    escaped.Append("\\f");
                    break;
                case '\r':
                    escaped.Append("\\r");
                    break;
                case '\'' or '"' or '\\' or '/':
                    escaped.Append('\\').Append(c);
                    break;
                case < ' ' or > '\x7f':
                    escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString();
    }

    private static object? ParseJson(string text)
    {
        try
        {
            return JsonText.Parse(text) ?? VelocityNothing.Instance;
        }
        catch (JsonException)
        {
            throw new VelocityException("parseJson was given a text that is not JSON.");
        }
    }

    private static string DecodeBase64(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new VelocityException("base64Decode was given a text that is not base64.");
        }
    }
}
