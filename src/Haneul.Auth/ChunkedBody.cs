using System.Buffers;
using System.Globalization;
using System.Text;

namespace Haneul.Auth;

/// <summary>Takes the frames off a body sent in chunks (<c>aws-chunked</c>), and checks them while it does.</summary>
public static class ChunkedBody
{
    private const int MaxLine = 4096;

    /// <summary>Decodes a whole body.</summary>
    /// <param name="framed">The body as it was sent.</param>
    /// <param name="verifier">Checks the chunks' signatures; null for unsigned chunks.</param>
    /// <param name="hasTrailer">Header lines follow the last chunk.</param>
    /// <param name="body">What was inside.</param>
    /// <param name="trailers">The trailing headers, names in small letters, without the signature.</param>
    public static ChunkedRefusal Decode(
        ReadOnlyMemory<byte> framed, ChunkVerifier? verifier, bool hasTrailer,
        out ReadOnlyMemory<byte> body, out IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        body = default;
        trailers = [];
        var rest = framed.Span;
        var output = new ArrayBufferWriter<byte>(Math.Max(rest.Length, 1));
        while (true)
        {
            if (!TryLine(ref rest, out var line) || !TryHead(line, verifier is not null, out var length, out var signature))
            {
                return ChunkedRefusal.Malformed;
            }

            if (length > rest.Length)
            {
                return ChunkedRefusal.Incomplete;
            }

            var data = rest[..length];
            rest = rest[length..];
            if (verifier?.Chunk(data, signature!) == false)
            {
                return ChunkedRefusal.Mismatch;
            }

            output.Write(data);
            if (length == 0)
            {
                break;
            }

            if (!TryLine(ref rest, out var end) || end.Length > 0)
            {
                return ChunkedRefusal.Malformed;
            }
        }

        body = output.WrittenMemory;
        return hasTrailer ? ReadTrailers(rest, verifier, out trailers) : rest.SequenceEqual("\r\n"u8) || rest.IsEmpty ? ChunkedRefusal.None : ChunkedRefusal.Malformed;
    }

    private static ChunkedRefusal ReadTrailers(
        ReadOnlySpan<byte> rest, ChunkVerifier? verifier, out IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        var found = new List<KeyValuePair<string, string>>();
        var signed = new StringBuilder();
        string? signature = null;
        trailers = found;
        while (TryLine(ref rest, out var line) && line.Length > 0)
        {
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || found.Count > 32)
            {
                return ChunkedRefusal.Malformed;
            }

            var name = Encoding.Latin1.GetString(line[..colon]).ToLowerInvariant();
            var value = Encoding.Latin1.GetString(line[(colon + 1)..]).Trim();
            if (name == "x-amz-trailer-signature")
            {
                signature = value;
                continue;
            }

            found.Add(new(name, value));
            signed.Append(name).Append(':').Append(value).Append('\n');
        }

        if (!rest.IsEmpty && !rest.SequenceEqual("\r\n"u8))
        {
            return ChunkedRefusal.Malformed;
        }

        if (verifier is null)
        {
            return ChunkedRefusal.None;
        }

        return signature is not null && verifier.Trailer(Encoding.Latin1.GetBytes(signed.ToString()), signature)
            ? ChunkedRefusal.None
            : ChunkedRefusal.Mismatch;
    }

    // "1000;chunk-signature=hex", the length in hexadecimal.
    private static bool TryHead(ReadOnlySpan<byte> line, bool signed, out int length, out string? signature)
    {
        const string name = "chunk-signature=";
        signature = null;
        var semicolon = line.IndexOf((byte)';');
        var digits = semicolon < 0 ? line : line[..semicolon];
        if (digits.Length is 0 or > 8 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out length) || length < 0)
        {
            length = 0;
            return false;
        }

        if (semicolon >= 0)
        {
            var extension = Encoding.Latin1.GetString(line[(semicolon + 1)..]);
            signature = extension.StartsWith(name, StringComparison.Ordinal) ? extension[name.Length..] : null;
        }

        return !signed || signature is not null;
    }

    // Lines end in CR LF; some clients' trailers in LF alone, as in AWS's own documentation.
    private static bool TryLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest[..Math.Min(rest.Length, MaxLine)].IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return false;
        }

        line = rest[..end];
        rest = rest[(end + 1)..];
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        return true;
    }
}

/// <summary>Why a body in chunks cannot be taken.</summary>
public enum ChunkedRefusal
{
    None,

    /// <summary>The frames cannot be read.</summary>
    Malformed,

    /// <summary>The body ends inside a chunk.</summary>
    Incomplete,

    /// <summary>A chunk's or the trailer's signature is another one.</summary>
    Mismatch,
}
