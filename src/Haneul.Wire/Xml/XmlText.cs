using System.Buffers;
using System.Text;

namespace Haneul.Wire.Xml;

/// <summary>Writes elements and escaped text as UTF-8.</summary>
public sealed class XmlText(IBufferWriter<byte> output)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("&<>\"\r\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\ufffe\uffff");

    public void Raw(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);

    public void Open(string name, string? attributes = null)
    {
        Raw("<");
        Raw(name);
        Raw(attributes);
        Raw(">");
    }

    public void Close(string name)
    {
        Raw("</");
        Raw(name);
        Raw(">");
    }

    public void Element(string name, string? text)
    {
        Open(name);
        Escaped(text);
        Close(name);
    }

    public static string Attribute(string name, string value) =>
        $" {name}=\"{value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}\"";

    /// <summary>Text in which characters that XML 1.0 cannot hold become U+FFFD.</summary>
    public void Escaped(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(s_special) is var i and >= 0)
        {
            Raw(text[..i]);
            Raw(text[i] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\r' => "&#xD;",
                _ => "\ufffd",
            });
            text = text[(i + 1)..];
        }

        Raw(text);
    }
}
