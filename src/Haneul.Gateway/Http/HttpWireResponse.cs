using System.Buffers;
using Haneul.Wire;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway.Http;

/// <summary>Collects an answer and sends it; nothing is sent before the protocol has finished writing.</summary>
internal sealed class HttpWireResponse(HttpResponse response) : WireResponse
{
    private readonly ArrayBufferWriter<byte> _body = new(512);

    public override IBufferWriter<byte> Body => _body;

    public override void SetHeader(string name, string value) => response.Headers[name] = Clean(value);

    public async Task SendAsync(CancellationToken cancel)
    {
        response.StatusCode = Status;
        if (ContentType is not null)
        {
            response.ContentType = ContentType;
        }

        if (BodyPump is not null)
        {
            await BodyPump(response.Body, cancel);
        }
        else if (BodyStream is not null)
        {
            await using (BodyStream)
            {
                await BodyStream.CopyToAsync(response.Body, cancel);
            }
        }
        else if (Status is not (204 or 304))
        {
            response.ContentLength = _body.WrittenCount;
            await response.BodyWriter.WriteAsync(_body.WrittenMemory, cancel);
        }
    }

    // A line break in a value would begin another header.
    private static string Clean(string value) =>
        value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0 ? value : value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ');
}
