using System.Diagnostics;

namespace Haneul.Storage.Tests.RocksDb;

/// <summary>A file system of a few megabytes, mounted for a test. Only root can have one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    public string Path => _directory.Path;

    public static SmallDisk MountOrSkip(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("A full disk needs a small file system, which needs root on Linux: NOT TESTED HERE.");
        }

        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path) != 0)
        {
            disk._directory.Dispose();
            Assert.Skip("This machine does not let root mount a tmpfs: a full disk is NOT TESTED HERE.");
        }

        return disk;
    }

    public void Dispose()
    {
        Run("umount", Path);
        _directory.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
