using System.Buffers;
using System.Buffers.Binary;
using Haneul.Storage.Embedded;

namespace Haneul.Storage.RocksDb;

/// <summary>
/// Writes batches in the engine's own serialized form, so that any number of changes crosses into native code in one call. The
/// form is that of its log on disk: sequence (8, filled in by the engine), count (4), then per change a tag, key and value.
/// </summary>
internal ref struct WriteBatchEncoder
{
    private const int HeaderLength = 12;
    private const byte Deletion = 0x0;
    private const byte Value = 0x1;
    private const byte RangeDeletion = 0xF;

    private byte[] _buffer;
    private int _length;
    private uint _count;

    public WriteBatchEncoder(ReadOnlySpan<PartitionWrite> writes)
    {
        var size = HeaderLength;
        foreach (var write in writes)
        {
            // Tag and two lengths take 11 bytes at most, and a range has its partition's head twice.
            size = checked(size + write.Batch.Size + (write.Batch.Count * (11 + (2 * write.Head.Length))));
        }

        _buffer = ArrayPool<byte>.Shared.Rent(size);
        _length = HeaderLength;
        _count = 0;
        foreach (var write in writes)
        {
            Append(write);
        }

        _buffer.AsSpan(0, 8).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(8), _count);
    }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public readonly bool IsEmpty => _count == 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Append(PartitionWrite write)
    {
        var operations = write.Batch.Operations;
        while (operations.MoveNext())
        {
            switch (operations.Kind)
            {
                case BatchKind.Put:
                    AppendTag(Value);
                    AppendSized(write.Head, operations.Key);
                    AppendSized(default, operations.Value);
                    break;
                case BatchKind.Delete:
                    AppendTag(Deletion);
                    AppendSized(write.Head, operations.Key);
                    break;
                case BatchKind.DeleteRange:
                    operations.Bound(write.Head, out var lower, out var upper);
                    if (lower.AsSpan().SequenceCompareTo(upper) < 0)
                    {
                        AppendTag(RangeDeletion);
                        AppendSized(default, lower);
                        AppendSized(default, upper);
                    }

                    break;
                default:
                    throw new InvalidOperationException("Not an operation.");
            }
        }
    }

    private void AppendTag(byte tag)
    {
        _buffer[_length++] = tag;
        _count++;
    }

    private void AppendSized(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var size = (uint)(head.Length + tail.Length);
        while (size >= 0x80)
        {
            _buffer[_length++] = (byte)(size | 0x80);
            size >>= 7;
        }

        _buffer[_length++] = (byte)size;
        head.CopyTo(_buffer.AsSpan(_length));
        _length += head.Length;
        tail.CopyTo(_buffer.AsSpan(_length));
        _length += tail.Length;
    }
}
