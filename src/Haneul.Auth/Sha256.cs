using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Haneul.Auth;

/// <summary>
/// SHA-256 for the many short texts of signatures. The runtime's way into the system's library looks its algorithm up and allocates a context at
/// every call, which costs several times the hash; the library's older functions work on a state of the caller's. Where they are not there (another
/// system, a library built without them) the runtime's way is taken.
/// </summary>
public static unsafe class Sha256
{
    public const int Size = 32;
    internal const int Block = 64;

    // Beyond this the collector would wait for the hash: the call must tell it that it leaves managed code.
    private const int Short = 4096;

    private static readonly delegate* unmanaged[SuppressGCTransition]<State*, int> s_init;
    private static readonly delegate* unmanaged[SuppressGCTransition]<State*, byte*, nuint, int> s_update;
    private static readonly delegate* unmanaged<State*, byte*, nuint, int> s_updateLong;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, State*, int> s_final;

#pragma warning disable CA1810 // All or none of them.
    static Sha256()
#pragma warning restore CA1810
    {
        if (OperatingSystem.IsLinux() && (NativeLibrary.TryLoad("libcrypto.so.3", out var library) || NativeLibrary.TryLoad("libcrypto.so.1.1", out library))
            && NativeLibrary.TryGetExport(library, "SHA256_Init", out var init)
            && NativeLibrary.TryGetExport(library, "SHA256_Update", out var update)
            && NativeLibrary.TryGetExport(library, "SHA256_Final", out var final))
        {
            s_init = (delegate* unmanaged[SuppressGCTransition]<State*, int>)init;
            s_update = (delegate* unmanaged[SuppressGCTransition]<State*, byte*, nuint, int>)update;
            s_updateLong = (delegate* unmanaged<State*, byte*, nuint, int>)update;
            s_final = (delegate* unmanaged[SuppressGCTransition]<byte*, State*, int>)final;
        }
    }

    /// <summary>Whether the library's older functions are there.</summary>
    internal static bool IsDirect => s_final is not null;

    /// <summary>The hash of <paramref name="data"/>, in 32 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (!IsDirect)
        {
            SHA256.HashData(data, hash);
            return;
        }

        State state;
        s_init(&state);
        Finish(state, data, hash);
    }

    /// <summary>The hash of <paramref name="data"/> in small hexadecimal digits.</summary>
    public static string Hex(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Size];
        Hash(data, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void Finish(State state, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hash.Length, Size);
        fixed (byte* bytes = data, output = hash)
        {
            if (data.Length > Short)
            {
                s_updateLong(&state, bytes, (nuint)data.Length);
            }
            else
            {
                s_update(&state, bytes, (nuint)data.Length);
            }

            s_final(output, &state);
        }
    }

    /// <summary>Hashes that begin with the same block of 64 bytes, which is hashed once.</summary>
    internal sealed class Prefix
    {
        private readonly byte[] _block;
        private readonly State _state;

        public Prefix(ReadOnlySpan<byte> block)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(block.Length, Block);
            _block = block.ToArray();
            if (IsDirect)
            {
                State state;
                s_init(&state);
                fixed (byte* bytes = block)
                {
                    s_update(&state, bytes, Block);
                }

                _state = state;
            }
        }

        public void Hash(ReadOnlySpan<byte> rest, Span<byte> hash)
        {
            if (IsDirect)
            {
                Finish(_state, rest, hash);
                return;
            }

            var whole = new byte[Block + rest.Length];
            _block.CopyTo(whole, 0);
            rest.CopyTo(whole.AsSpan(Block));
            SHA256.HashData(whole, hash);
        }
    }

    /// <summary>The library's <c>SHA256_CTX</c>: eight words, two of length, a block, two counters.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 112)]
    private struct State;
}
