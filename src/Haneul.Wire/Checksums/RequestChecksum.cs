using System.Buffers.Binary;
using System.Security.Cryptography;
using Haneul.Kernel.Errors;

namespace Haneul.Wire.Checksums;

/// <summary>
/// Checks the checksum that a client sent along, in a header or a trailer.
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html"/>
/// </summary>
public static class RequestChecksum
{
    /// <summary>Header names and their algorithms.</summary>
    public static IReadOnlyList<string> Headers { get; } =
        ["x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-sha1", "x-amz-checksum-sha256", "content-md5"];

    /// <summary>The base64 text that belongs to <paramref name="body"/> under this header; null for a header that is none of ours.</summary>
    public static string? Compute(string header, ReadOnlySpan<byte> body)
    {
        Span<byte> sum = stackalloc byte[4];
        switch (header)
        {
            case "x-amz-checksum-crc32":
                BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.Of(body));
                return Convert.ToBase64String(sum);
            case "x-amz-checksum-crc32c":
                BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32C.Of(body));
                return Convert.ToBase64String(sum);
#pragma warning disable CA5350, CA5351 // The client chose the algorithm; it guards against accidents, not attackers.
            case "x-amz-checksum-sha1":
                return Convert.ToBase64String(SHA1.HashData(body));
            case "content-md5":
                return Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5350, CA5351
            case "x-amz-checksum-sha256":
                return Convert.ToBase64String(SHA256.HashData(body));
            default:
                return null;
        }
    }

    /// <summary>The refusal of a body whose checksum is another one.</summary>
    public static ServiceError Mismatch(string header) =>
        new ErrorShape("BadDigest", 400).With($"The {header} you specified did not match the calculated checksum.");

    /// <summary>The first header whose checksum is not the body's, or null.</summary>
    public static string? FindMismatch(WireRequest request)
    {
        foreach (var header in Headers)
        {
            if (request.Header(header) is { } claimed && Compute(header, request.Body.Span) != claimed.Trim())
            {
                return header;
            }
        }

        return null;
    }
}
