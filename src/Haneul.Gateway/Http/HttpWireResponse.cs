using System.Buffers;
using Haneul.Wire;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway.Http;

/// <summary>Collects an answer and sends it; nothing is sent before the protocol has finished writing.</summary>
internal sealed class HttpWireResponse(HttpResponse response) : WireResponse
{
    private const int KeptCapacity = 65_536;

    // One a thread is kept for the next answer: most answers fit into what the last ones needed.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_spare;

    private readonly ArrayBufferWriter<byte> _body = Take();

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

        if (_body.Capacity <= KeptCapacity)
        {
            s_spare = _body;
        }
    }

    private static ArrayBufferWriter<byte> Take()
    {
        var body = s_spare ?? new ArrayBufferWriter<byte>(2048);
        s_spare = null;
        body.ResetWrittenCount();
        return body;
    }

    // A line break in a value would begin another header.
    private static string Clean(string value) =>
        value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0 ? value : value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ');
}
