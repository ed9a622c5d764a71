using System.Text;
using CsCheck;
using Haneul.Storage.Keys;

namespace Haneul.Storage.Tests.Keys;

public sealed class KeyOrderTests
{
    // Few distinct bytes and characters, so that prefixes, zeros and equal parts are common.
    private static readonly Gen<byte[]> s_bytes = OneOf<byte>(0, 1, 2, 0x61, 0xFE, 0xFF).Array[0, 6];
    private static readonly Gen<string> s_text = OneOf("", "\0", "\u0001", "a", "b", "\u00e9", "\uffee", "\U0001F600").Array[0, 4].Select(parts => string.Concat(parts));

    [Fact]
    public void Integers_order_as_numbers()
    {
        Gen.Select(Gen.Long, Gen.Long).Sample((x, y) => SameOrder(x.CompareTo(y), Key(x, (ref w, v) => w.WriteInt64(v)), Key(y, (ref w, v) => w.WriteInt64(v))));
        Gen.Select(Gen.Int, Gen.Int).Sample((x, y) => SameOrder(x.CompareTo(y), Key(x, (ref w, v) => w.WriteInt32(v)), Key(y, (ref w, v) => w.WriteInt32(v))));
        Gen.Select(Gen.ULong, Gen.ULong).Sample((x, y) => SameOrder(x.CompareTo(y), Key(x, (ref w, v) => w.WriteUInt64(v)), Key(y, (ref w, v) => w.WriteUInt64(v))));
        Gen.Select(Gen.UInt, Gen.UInt).Sample((x, y) => SameOrder(x.CompareTo(y), Key(x, (ref w, v) => w.WriteUInt32(v)), Key(y, (ref w, v) => w.WriteUInt32(v))));
    }

    [Fact]
    public void Times_order_as_instants() => Gen.Select(Gen.DateTimeOffset, Gen.DateTimeOffset).Sample(
        (x, y) => SameOrder(x.CompareTo(y), Key(x, (ref w, v) => w.WriteTime(v)), Key(y, (ref w, v) => w.WriteTime(v))));

    [Fact]
    public void Byte_strings_order_as_bytes_whatever_follows() => Gen.Select(s_bytes, s_bytes, s_bytes, s_bytes).Sample((x, y, tailX, tailY) =>
    {
        var order = x.AsSpan().SequenceCompareTo(y);
        return SameOrder(order != 0 ? order : tailX.AsSpan().SequenceCompareTo(tailY), Pair(x, tailX), Pair(y, tailY));

        static byte[] Pair(byte[] head, byte[] tail) => Key((head, tail), (ref w, v) =>
        {
            w.WriteBytes(v.head);
            w.WriteRaw(v.tail);
        });
    });

    [Fact]
    public void Texts_order_by_code_points() => Gen.Select(s_text, s_text).Sample((x, y) => SameOrder(
        Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
        Key(x, (ref w, v) => w.WriteText(v)),
        Key(y, (ref w, v) => w.WriteText(v))));

    [Fact]
    public void Parts_are_read_as_they_were_written() =>
        Gen.Select(s_text, s_bytes, Gen.Long, Gen.UInt, Gen.DateTimeOffset, Gen.Byte).Sample((text, bytes, number, small, time, one) =>
        {
            var writer = new KeyWriter(stackalloc byte[8]);
            writer.WriteText(text);
            writer.WriteBytes(bytes);
            writer.WriteInt64(number);
            writer.WriteUInt32(small);
            writer.WriteTime(time);
            writer.WriteByte(one);
            var reader = new KeyReader(writer.Written);
            var same = reader.ReadText() == text && reader.ReadBytes().AsSpan().SequenceEqual(bytes) && reader.ReadInt64() == number
                && reader.ReadUInt32() == small && reader.ReadTime() == time && reader.ReadByte() == one && reader.AtEnd;
            writer.Dispose();
            return same;
        });

    [Fact]
    public void Any_bytes_are_read_or_refused_as_malformed() => s_bytes.Sample(bytes =>
    {
        try
        {
            var reader = new KeyReader(bytes);
            reader.ReadText();
            reader.ReadTime();
        }
        catch (FormatException)
        {
        }
    });

    [Fact]
    public void Long_texts_leave_the_stack()
    {
        var text = new string('\u00e9', 5000) + "\0" + new string('x', 5000);
        using var writer = new KeyWriter(stackalloc byte[16]);
        writer.WriteText(text);
        var reader = new KeyReader(writer.Written);
        Assert.Equal(text, reader.ReadText());
    }

    [Fact]
    public void A_lone_surrogate_is_refused() => Assert.Throws<EncoderFallbackException>(() => PartitionId.Of("a\ud800"));

    [Fact]
    public void The_bytes_on_disk_stay_as_they_are()
    {
        using var writer = new KeyWriter(stackalloc byte[64]);
        writer.WriteByte(7);
        writer.WriteText("a\0b");
        writer.WriteInt64(-1);
        writer.WriteUInt32(1);
        Assert.Equal("076100FF6200017FFFFFFFFFFFFFFF00000001", Convert.ToHexString(writer.Written));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private delegate void Write<in T>(ref KeyWriter writer, T value);

    private static byte[] Key<T>(T value, Write<T> write)
    {
        var writer = new KeyWriter(stackalloc byte[4]);
        write(ref writer, value);
        var key = writer.Written.ToArray();
        writer.Dispose();
        return key;
    }

    private static bool SameOrder(int order, byte[] left, byte[] right) => Math.Sign(order) == Math.Sign(left.AsSpan().SequenceCompareTo(right));
}
