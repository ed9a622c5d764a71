using Haneul.Kernel.Shapes;
using Haneul.Wire.Checksums;
using Haneul.Wire.EventStream;

namespace Haneul.Wire.Tests;

public sealed class EventStreamTests
{
    private static readonly EventStreamMessage s_message = new(
        [new(":event-type", "PayloadChunk"), new("n", 7), new("yes", true), new("at", DateTimeOffset.UnixEpoch)], "payload"u8.ToArray());

    [Fact]
    public void A_frame_reads_as_it_was_written()
    {
        var bytes = s_message.Encode();
        Assert.True(EventStreamMessage.TryDecode(bytes, out var read, out var consumed));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(s_message.Headers, read!.Headers);
        Assert.Equal("payload"u8.ToArray(), read.Payload.ToArray());
    }

    [Fact]
    public void A_part_of_a_frame_waits_for_the_rest()
    {
        var bytes = s_message.Encode();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(EventStreamMessage.TryDecode(bytes.AsSpan(0, length), out _, out _));
        }
    }

    [Fact]
    public void Any_flipped_bit_is_noticed()
    {
        var bytes = s_message.Encode();
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            Assert.Throws<WireFormatException>(() => EventStreamMessage.TryDecode(damaged, out _, out _));
        }
    }

    [Fact]
    public void Checksums_have_their_published_check_values()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
    }
}
