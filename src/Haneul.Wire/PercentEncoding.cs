using System.Buffers;
using System.Text;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire;

/// <summary>Decodes percent-encoded text strictly: what is not UTF-8, or not hexadecimal after a percent sign, is refused.</summary>
public static class PercentEncoding
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(string text, bool plusIsSpace = false) =>
        text.AsSpan().IndexOfAny('%', '+') < 0 ? text : Decode(Encoding.UTF8.GetBytes(text), plusIsSpace);

    /// <exception cref="WireFormatException">The text is not well encoded.</exception>
    public static string Decode(ReadOnlySpan<byte> text, bool plusIsSpace = false)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(text.Length, 1));
        try
        {
            var length = 0;
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (c == '%')
                {
                    if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                    {
                        throw new WireFormatException("Malformed percent-encoding.");
                    }

                    rented[length++] = (byte)((Hex(text[i + 1]) << 4) | Hex(text[i + 2]));
                    i += 2;
                }
                else
                {
                    rented[length++] = plusIsSpace && c == '+' ? (byte)' ' : c;
                }
            }

            return s_strict.GetString(rented, 0, length);
        }
        catch (DecoderFallbackException exception)
        {
            throw new WireFormatException("The text is not valid UTF-8.", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Hex(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
