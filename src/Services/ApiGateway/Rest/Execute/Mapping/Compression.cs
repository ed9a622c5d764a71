using System.IO.Compression;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// Opens compressed requests and compresses answers, for APIs that have a minimum compression size.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html"/>
/// </summary>
internal static class Compression
{
    private const int MaxOpen = 10 * 1024 * 1024;

    /// <returns>Null if the body is not what its encoding says, or grows beyond 10 MB.</returns>
    public static ReadOnlyMemory<byte>? Open(ReadOnlyMemory<byte> body, string encoding)
    {
        if (encoding.Equals("identity", StringComparison.OrdinalIgnoreCase) || body.Length == 0)
        {
            return body;
        }

        try
        {
            using var source = new MemoryStream(body.ToArray(), writable: false);
            using Stream? open = encoding.Trim().ToLowerInvariant() switch
            {
                "gzip" => new GZipStream(source, CompressionMode.Decompress),
                "deflate" => new ZLibStream(source, CompressionMode.Decompress),
                _ => null,
            };
            if (open is null)
            {
                return body; // An encoding that API Gateway does not know is the integration's matter.
            }

            using var result = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = open.Read(buffer)) > 0;)
            {
                if (result.Length + read > MaxOpen)
                {
                    return null;
                }

                result.Write(buffer, 0, read);
            }

            return result.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Compresses an answer if it is long enough and the client takes it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="minimum">In bytes; null where the API does not compress.</param>
    /// <param name="accepted">The request's <c>Accept-Encoding</c>.</param>
    public static RestAnswer Close(RestAnswer answer, int? minimum, string? accepted)
    {
        if (minimum is null || answer.Body.Length == 0 || answer.Body.Length < minimum || answer.Header("Content-Encoding") is not null
            || Choose(accepted) is not { } encoding)
        {
            return answer;
        }

        using var result = new MemoryStream();
        using (Stream closing = encoding == "gzip" ? new GZipStream(result, CompressionLevel.Fastest) : new ZLibStream(result, CompressionLevel.Fastest))
        {
            closing.Write(answer.Body.Span);
        }

        return answer with { Body = result.ToArray(), Headers = [.. answer.Headers, new("Content-Encoding", encoding)] };
    }

    private static string? Choose(string? accepted)
    {
        foreach (var offer in (accepted ?? "").Split(','))
        {
            var parts = offer.Split(';');
            var refused = parts.Length > 1 && parts[1].Replace(" ", "", StringComparison.Ordinal) is "q=0" or "q=0.0";
            switch (parts[0].Trim().ToLowerInvariant())
            {
                case "gzip" or "*" when !refused:
                    return "gzip";
                case "deflate" when !refused:
                    return "deflate";
            }
        }

        return null;
    }
}
