using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Haneul.Compute.Native;

/// <summary>An open file of the kernel's. All are closed on exec; what a child shall have is given to it by number.</summary>
internal sealed class Descriptor : SafeHandleZeroOrMinusOneIsInvalid
{
    // Children get numbers below this one, so giving them away never overwrites another that is still to be given.
    private const int Lowest = 64;

    private Descriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    public int Number => (int)handle;

    public static Descriptor Open(string path, int flags) => new(Libc.Check(Libc.Open(path, flags | Libc.CloseOnExec), "open " + path));

    public static unsafe (Descriptor Read, Descriptor Write) Pipe()
    {
        var ends = stackalloc int[2];
        Libc.Check(Libc.Pipe(ends, Libc.CloseOnExec), "pipe");
        return (Lift(ends[0]), Lift(ends[1]));
    }

    /// <summary>A file in memory with this content, to be read from its start.</summary>
    public static unsafe Descriptor Memory(string name, ReadOnlySpan<byte> content)
    {
        const uint closeOnExec = 1;
        var file = Lift(Libc.Check(Libc.MemoryFile(name, closeOnExec), "memfd_create"));
        fixed (byte* bytes = content)
        {
            for (nint at = 0; at < content.Length;)
            {
                var written = Libc.Write(file.Number, bytes + at, content.Length - at);
                Libc.Check((int)written, "write");
                at += written;
            }
        }

        Libc.Seek(file.Number, 0, 0);
        return file;
    }

    /// <summary>Gives the number away: whoever takes it closes it.</summary>
    public nint Release()
    {
        var number = handle;
        SetHandleAsInvalid();
        return number;
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;

    private static Descriptor Lift(int number)
    {
        var lifted = Libc.Control(number, Libc.DuplicateCloseOnExec, Lowest);
        var error = Marshal.GetLastPInvokeError();
        Libc.Close(number);
        Marshal.SetLastPInvokeError(error);
        return new Descriptor(Libc.Check(lifted, "fcntl"));
    }
}
