using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Checksums;

namespace Haneul.Wire.EventStream;

/// <summary>
/// One frame of an event stream: total length, header length, CRC of these, headers, payload, CRC of all.
/// <see href="https://smithy.io/2.0/aws/amazon-eventstream.html"/>
/// </summary>
public sealed record EventStreamMessage(IReadOnlyList<KeyValuePair<string, object>> Headers, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Bounds of the format: 128 KiB of headers, 16 MiB of payload.</summary>
    public const int MaxHeaders = 128 * 1024;
    public const int MaxPayload = 16 * 1024 * 1024;
    private const int Prelude = 12;

    public string? Text(string name)
    {
        foreach (var (header, value) in Headers)
        {
            if (header == name)
            {
                return value as string;
            }
        }

        return null;
    }

    public byte[] Encode()
    {
        var headers = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in Headers)
        {
            EncodeHeader(headers, name, value);
        }

        if (headers.WrittenCount > MaxHeaders || Payload.Length > MaxPayload)
        {
            throw new InvalidOperationException("An event is larger than its format allows.");
        }

        var total = Prelude + headers.WrittenCount + Payload.Length + 4;
        var message = new byte[total];
        BinaryPrimitives.WriteInt32BigEndian(message, total);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.WrittenCount);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.Of(message.AsSpan(0, 8)));
        headers.WrittenSpan.CopyTo(message.AsSpan(Prelude));
        Payload.Span.CopyTo(message.AsSpan(Prelude + headers.WrittenCount));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(total - 4), Crc32.Of(message.AsSpan(0, total - 4)));
        return message;
    }

    /// <summary>Reads one frame from the front of <paramref name="bytes"/>.</summary>
    /// <returns>False while bytes are missing.</returns>
    /// <exception cref="WireFormatException">The bytes are no frame.</exception>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EventStreamMessage? message, out int consumed)
    {
        message = null;
        consumed = 0;
        if (bytes.Length < Prelude)
        {
            return false;
        }

        var total = BinaryPrimitives.ReadInt32BigEndian(bytes);
        var headerLength = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) != Crc32.Of(bytes[..8]))
        {
            throw new WireFormatException("Prelude checksum mismatch.");
        }

        if (headerLength is < 0 or > MaxHeaders || total < Prelude + 4 + headerLength || total > Prelude + 4 + headerLength + MaxPayload)
        {
            throw new WireFormatException("Bad lengths in an event stream's prelude.");
        }

        if (bytes.Length < total)
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[(total - 4)..]) != Crc32.Of(bytes[..(total - 4)]))
        {
            throw new WireFormatException("Message checksum mismatch.");
        }

        var headers = DecodeHeaders(bytes.Slice(Prelude, headerLength));
        message = new EventStreamMessage(headers, bytes[(Prelude + headerLength)..(total - 4)].ToArray());
        consumed = total;
        return true;
    }

    private static void EncodeHeader(ArrayBufferWriter<byte> output, string name, object value)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        var head = output.GetSpan(1 + length);
        head[0] = checked((byte)length);
        Encoding.UTF8.GetBytes(name, head[1..]);
        output.Advance(1 + length);
        switch (value)
        {
            case bool flag:
                output.Write<byte>([flag ? (byte)0 : (byte)1]);
                break;
            case byte number:
                output.Write<byte>([2, number]);
                break;
            case short number:
                Number(3, 2, span => BinaryPrimitives.WriteInt16BigEndian(span, number));
                break;
            case int number:
                Number(4, 4, span => BinaryPrimitives.WriteInt32BigEndian(span, number));
                break;
            case long number:
                Number(5, 8, span => BinaryPrimitives.WriteInt64BigEndian(span, number));
                break;
            case byte[] blob:
                Bytes(6, blob);
                break;
            case string text:
                Bytes(7, Encoding.UTF8.GetBytes(text));
                break;
            case DateTimeOffset time:
                Number(8, 8, span => BinaryPrimitives.WriteInt64BigEndian(span, time.ToUnixTimeMilliseconds()));
                break;
            case Guid uuid:
                Number(9, 16, span => uuid.TryWriteBytes(span, bigEndian: true, out _));
                break;
            default:
                throw new NotSupportedException($"Event headers cannot hold a {value.GetType().Name}.");
        }

        void Number(byte type, int size, SpanWriter write)
        {
            var span = output.GetSpan(1 + size);
            span[0] = type;
            write(span.Slice(1, size));
            output.Advance(1 + size);
        }

        void Bytes(byte type, byte[] bytes)
        {
            var span = output.GetSpan(3 + bytes.Length);
            span[0] = type;
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], checked((ushort)bytes.Length));
            bytes.CopyTo(span[3..]);
            output.Advance(3 + bytes.Length);
        }
    }

    private delegate void SpanWriter(Span<byte> span);

    private static List<KeyValuePair<string, object>> DecodeHeaders(ReadOnlySpan<byte> bytes)
    {
        var headers = new List<KeyValuePair<string, object>>();
        while (!bytes.IsEmpty)
        {
            var name = Encoding.UTF8.GetString(Take(ref bytes, Take(ref bytes, 1)[0]));
            object value = Take(ref bytes, 1)[0] switch
            {
                0 => true,
                1 => false,
                2 => Take(ref bytes, 1)[0],
                3 => BinaryPrimitives.ReadInt16BigEndian(Take(ref bytes, 2)),
                4 => BinaryPrimitives.ReadInt32BigEndian(Take(ref bytes, 4)),
                5 => BinaryPrimitives.ReadInt64BigEndian(Take(ref bytes, 8)),
                6 => Take(ref bytes, BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, 2))).ToArray(),
                7 => Encoding.UTF8.GetString(Take(ref bytes, BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, 2)))),
                8 => Time(BinaryPrimitives.ReadInt64BigEndian(Take(ref bytes, 8))),
                9 => new Guid(Take(ref bytes, 16), bigEndian: true),
                _ => throw new WireFormatException("Unknown type of an event header."),
            };
            headers.Add(new(name, value));
        }

        return headers;
    }

    private static DateTimeOffset Time(long milliseconds) =>
        milliseconds is >= -62135596800000 and <= 253402300799999
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new WireFormatException("Timestamp is out of range.");

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            throw new WireFormatException("Truncated event headers.");
        }

        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
