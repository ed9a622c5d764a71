using System.Buffers.Binary;
using System.Numerics;

namespace Haneul.Wire.Checksums;

/// <summary>CRC-32 as in Ethernet and zip: event streams, DynamoDB's <c>x-amz-crc32</c>, S3's <c>x-amz-checksum-crc32</c>.</summary>
public static class Crc32
{
    // Slicing by eight: eight tables let the loop take eight bytes at a time.
    private static readonly uint[] s_tables = Tables();

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(~0u, bytes);

    /// <summary>Carries an inverted remainder over the next bytes; begin with all ones, invert at the end.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        var t = s_tables;
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[1792 + (byte)low] ^ t[1536 + (byte)(low >> 8)] ^ t[1280 + (byte)(low >> 16)] ^ t[1024 + (low >> 24)]
                ^ t[768 + (byte)high] ^ t[512 + (byte)(high >> 8)] ^ t[256 + (byte)(high >> 16)] ^ t[high >> 24];
            bytes = bytes[8..];
        }

        foreach (var b in bytes)
        {
            crc = (crc >> 8) ^ t[(byte)(crc ^ b)];
        }

        return crc;
    }

    private static uint[] Tables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }

            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            var previous = tables[i - 256];
            tables[i] = (previous >> 8) ^ tables[(byte)previous];
        }

        return tables;
    }
}

/// <summary>CRC-32C (Castagnoli), with the processor's instruction where it has one.</summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(~0u, bytes);

    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
