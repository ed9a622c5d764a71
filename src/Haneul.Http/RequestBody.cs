using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Haneul.Http;

/// <summary>Reads a request's body into memory, up to a limit.</summary>
public static class RequestBody
{
    /// <returns>The body, which outlives the connection's buffers; null if it is longer than <paramref name="atMost"/> bytes.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, long atMost, CancellationToken cancel)
    {
        if (request.ContentLength > atMost)
        {
            return null;
        }

        if (request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("transfer-encoding")))
        {
            return [];
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.Buffer.Length > atMost)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
