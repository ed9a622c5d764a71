using System.Text;

namespace Haneul.Auth;

/// <summary>Percent-encoding as signatures want it: all but letters, digits and <c>-._~</c>, in capital hexadecimal digits.</summary>
internal static class UriEncoding
{
    private const string Hex = "0123456789ABCDEF";

    public static void Append(ByteText output, ReadOnlySpan<byte> bytes, bool keepSlash = false)
    {
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' || (keepSlash && b == '/'))
            {
                output.Append((char)b);
            }
            else
            {
                output.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            }
        }
    }

    /// <summary>The canonical form of one part of a query: decoded, then encoded.</summary>
    public static string Canonical(ReadOnlySpan<char> text)
    {
        var output = ByteText.Take();
        Append(output, Decode(text));
        var canonical = Encoding.ASCII.GetString(output.Written);
        output.Return();
        return canonical;
    }

    /// <summary>Decodes what is encoded; what only looks so stays as it is, since a signature decides about bytes and not about meaning.</summary>
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = (byte)((Value(bytes[i + 1]) << 4) | Value(bytes[i + 2]));
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return bytes[..length];
    }

    private static int Value(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
