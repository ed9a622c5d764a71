using System.Buffers;
using System.Formats.Cbor;

namespace Haneul.Wire.Cbor;

internal static class CborCopy
{
    public static void CopyTo(this CborWriter cbor, IBufferWriter<byte> output)
    {
        var length = cbor.BytesWritten;
        cbor.Encode(output.GetSpan(length));
        output.Advance(length);
    }
}
