using System.Buffers.Binary;
using Haneul.Wire.Checksums;

namespace Haneul.Fuzz.Targets;

/// <summary>Gives a damaged event stream frame the length and the checksums of what it holds.</summary>
internal static class FrameRepair
{
    public static void Fix(byte[] frame)
    {
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        var headers = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), headers < 0 || headers > frame.Length - 16 ? frame.Length - 16 : headers);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Of(frame.AsSpan(0, frame.Length - 4)));
    }
}
