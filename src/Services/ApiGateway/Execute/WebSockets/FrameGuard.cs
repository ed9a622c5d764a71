using System.Buffers.Binary;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// A client's bytes on their way to the protocol: reads along where frames begin and ends the connection at one that is too long, before its
/// content is taken. Frames are not seen behind the protocol, which puts them together. The inner stream stays its owner's: the protocol gives up
/// its stream after an error, when there is still something to say.
/// </summary>
internal sealed class FrameGuard(Stream inner, int maxFrame) : Stream
{
    private const int MaskLength = 4;

    // The head of the frame that is being read, and how many bytes of its content are still to come.
    private readonly byte[] _head = new byte[10];
    private int _headLength;
    private long _content;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Watch(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Bytes are sent asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bytes are read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bytes are sent asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    internal void Watch(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_content > 0)
            {
                var skipped = (int)Math.Min(_content, bytes.Length);
                _content -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _head[_headLength++] = bytes[0];
            bytes = bytes[1..];
            if (_headLength < 2)
            {
                continue;
            }

            var length = _head[1] & 0x7F;
            var needed = length switch { 126 => 4, 127 => 10, _ => 2 };
            if (_headLength < needed)
            {
                continue;
            }

            var content = length switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
                127 => BinaryPrimitives.ReadUInt64BigEndian(_head.AsSpan(2)),
                _ => (ulong)length,
            };
            if (content > (ulong)maxFrame)
            {
                throw new FrameTooLongException();
            }

            // The mask counts as content; the protocol refuses frames of clients without one.
            _content = (long)content + ((_head[1] & 0x80) != 0 ? MaskLength : 0);
            _headLength = 0;
        }
    }
}

/// <summary>A client has sent a frame that is too long.</summary>
internal sealed class FrameTooLongException() : IOException("A frame is too long.");
