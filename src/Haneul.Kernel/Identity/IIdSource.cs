namespace Haneul.Kernel.Identity;

/// <summary>Where new ids and other chance come from, so that tests can choose them.</summary>
public interface IIdSource
{
    /// <summary>A random UUID in its usual form.</summary>
    string NewUuid();

    /// <summary>Random characters of an alphabet.</summary>
    string NewString(int length, ReadOnlySpan<char> alphabet);

    void Fill(Span<byte> bytes);
}

/// <summary>Ids from the system's cryptographic randomness.</summary>
public sealed class RandomIdSource : IIdSource
{
    public const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    public const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
    public const string Hex = "0123456789abcdef";

    // Every request takes a UUID. Asking the system for many at once costs as much as asking for one.
    [ThreadStatic]
    private static byte[]? s_ahead;

    [ThreadStatic]
    private static int s_left;

    public string NewUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        s_ahead ??= new byte[64 * 16];
        if (s_left == 0)
        {
            Fill(s_ahead);
            s_left = s_ahead.Length;
        }

        s_left -= bytes.Length;
        s_ahead.AsSpan(s_left, bytes.Length).CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public string NewString(int length, ReadOnlySpan<char> alphabet) =>
        System.Security.Cryptography.RandomNumberGenerator.GetString(alphabet, length);

    public void Fill(Span<byte> bytes) => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
}
