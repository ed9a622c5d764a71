using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Haneul.Compute.Sandboxes;

/// <summary>
/// The system calls that functions may not make, as a classic BPF program. Everything else is allowed: a list of what is allowed would break runtimes
/// that it does not know. What is denied answers EPERM, except <c>clone3</c>, whose flags a filter cannot see: ENOSYS makes libraries use <c>clone</c>.
/// </summary>
internal static class SeccompFilter
{
    private const uint Allow = 0x7FFF_0000;
    private const uint Kill = 0x8000_0000;
    private const uint NotPermitted = 0x0005_0000 | 1;
    private const uint NotImplemented = 0x0005_0000 | 38;

    // Every CLONE_NEW* flag: namespaces are how most kernel holes are reached.
    private const uint NewNamespaces = 0x7E02_0000;

    public static bool Supported => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The program for this machine, 8 bytes an instruction.</summary>
    public static byte[] Build() => Build(RuntimeInformation.ProcessArchitecture);

    internal static byte[] Build(Architecture architecture)
    {
        var x64 = architecture == Architecture.X64;
        var program = new List<(ushort Code, byte Yes, byte No, uint Value)>
        {
            (0x20, 0, 0, 4), // load the architecture
            (0x15, 1, 0, x64 ? 0xC000_003E : 0xC000_00B7),
            (0x06, 0, 0, Kill),
            (0x20, 0, 0, 0), // load the call's number
        };
        if (x64)
        {
            // The x32 twins of all calls have this bit.
            program.Add((0x35, 0, 1, 0x4000_0000));
            program.Add((0x06, 0, 0, NotPermitted));
        }

        foreach (var call in Denied(x64))
        {
            program.Add((0x15, 0, 1, call));
            program.Add((0x06, 0, 0, NotPermitted));
        }

        program.Add((0x15, 0, 1, 435)); // clone3
        program.Add((0x06, 0, 0, NotImplemented));

        // ioctl(TIOCSTI) types into a terminal.
        program.Add((0x15, 0, 4, x64 ? 16u : 29u));
        program.Add((0x20, 0, 0, 24)); // low half of the second argument
        program.Add((0x15, 0, 1, 0x5412));
        program.Add((0x06, 0, 0, NotPermitted));
        program.Add((0x06, 0, 0, Allow));

        program.Add((0x15, 0, 4, x64 ? 56u : 220u)); // clone
        program.Add((0x20, 0, 0, 16)); // low half of the first argument
        program.Add((0x45, 0, 1, NewNamespaces));
        program.Add((0x06, 0, 0, NotPermitted));
        program.Add((0x06, 0, 0, Allow));

        // Sockets of unusual families are a large part of the kernel that functions never need.
        program.Add((0x15, 0, 7, x64 ? 41u : 198u)); // socket
        program.Add((0x20, 0, 0, 16));
        program.Add((0x15, 4, 0, 1)); // unix
        program.Add((0x15, 3, 0, 2)); // internet
        program.Add((0x15, 2, 0, 10)); // internet, version 6
        program.Add((0x15, 1, 0, 16)); // netlink, for getifaddrs
        program.Add((0x06, 0, 0, NotPermitted));
        program.Add((0x06, 0, 0, Allow));
        program.Add((0x06, 0, 0, Allow));

        var bytes = new byte[program.Count * 8];
        for (var i = 0; i < program.Count; i++)
        {
            var (code, yes, no, value) = program[i];
            var at = bytes.AsSpan(i * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(at, code);
            at[2] = yes;
            at[3] = no;
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], value);
        }

        return bytes;
    }

    // Numbers of the 64-bit x86 table and of the generic one that arm64 uses.
    private static IEnumerable<uint> Denied(bool x64)
    {
        (uint X64, uint Arm64)[] calls =
        [
            (101, 117), // ptrace
            (310, 270), (311, 271), // process_vm_readv, process_vm_writev
            (312, 272), // kcmp
            (165, 40), (166, 39), // mount, umount2
            (155, 41), // pivot_root
            (161, 51), // chroot
            (428, 428), (429, 429), (430, 430), (431, 431), (432, 432), (433, 433), (442, 442), // the new mount calls
            (272, 97), (308, 268), // unshare, setns
            (321, 280), // bpf
            (298, 241), // perf_event_open
            (323, 282), // userfaultfd
            (248, 217), (249, 218), (250, 219), // add_key, request_key, keyctl
            (246, 104), (320, 294), // kexec_load, kexec_file_load
            (175, 105), (313, 273), (176, 106), // init_module, finit_module, delete_module
            (169, 142), // reboot
            (167, 224), (168, 225), // swapon, swapoff
            (163, 89), // acct
            (179, 60), // quotactl
            (153, 58), // vhangup
            (103, 116), // syslog
            (164, 170), (227, 112), (159, 171), (305, 266), // settimeofday, clock_settime, adjtimex, clock_adjtime
            (170, 161), (171, 162), // sethostname, setdomainname
            (304, 265), (303, 264), // open_by_handle_at, name_to_handle_at
            (300, 262), (301, 263), // fanotify_init, fanotify_mark
            (256, 238), (279, 239), (238, 237), // migrate_pages, move_pages, set_mempolicy
            (425, 425), (426, 426), (427, 427), // io_uring
        ];
        foreach (var (x, arm) in calls)
        {
            yield return x64 ? x : arm;
        }

        if (x64)
        {
            yield return 172; // iopl
            yield return 173; // ioperm
            yield return 139; // sysfs
            yield return 136; // ustat
            yield return 134; // uselib
        }
    }
}
