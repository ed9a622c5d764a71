using System.Buffers.Text;
using System.Text;

namespace Haneul.CloudWatch;

/// <summary>Positions of pages in a form that travels.</summary>
internal static class PageToken
{
    public static string Encode(ReadOnlySpan<byte> position) => Base64Url.EncodeToString(position);

    public static string Encode(string position) => Encode(Encoding.UTF8.GetBytes(position));

    /// <summary>The position, or null if the token is none of ours.</summary>
    public static byte[]? Decode(string token)
    {
        try
        {
            return Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static string? DecodeText(string token) => Decode(token) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
