using System.IO.Compression;

namespace Haneul.Lambda.Code;

/// <summary>
/// Unpacks an archive that a stranger sent: nothing outside of its directory, not more than AWS allows, whatever its headers say.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>
/// </summary>
internal static class CodeArchive
{
    public const long MaxUnzipped = 262_144_000;

    private const int MaxEntries = 100_000;
    private const int FileTypeMask = 0xF000;
    private const int Link = 0xA000;
    private const int Executable = 0x49; // x for user, group and others

    /// <summary>Unpacks into a directory that is made for it.</summary>
    /// <returns>Null, or what is wrong with the archive.</returns>
    public static CodeFault? Unpack(Stream archive, string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count == 0)
            {
                return CodeFault.Empty;
            }

            if (zip.Entries.Count > MaxEntries)
            {
                return CodeFault.TooLarge;
            }

            var links = new List<(string Path, string Target)>();
            var left = MaxUnzipped;
            foreach (var entry in zip.Entries)
            {
                if (Resolve(directory, entry.FullName) is not { } path)
                {
                    return CodeFault.Unreadable;
                }

                var mode = entry.ExternalAttributes >> 16;
                if (entry.FullName.EndsWith('/'))
                {
                    Directory.CreateDirectory(path);
                }
                else if ((mode & FileTypeMask) == Link)
                {
                    links.Add((path, ReadLink(entry)));
                }
                else
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    left -= Copy(entry, path, left);
                    if (left < 0)
                    {
                        return CodeFault.TooLarge;
                    }

                    if (OperatingSystem.IsWindows())
                    {
                        continue;
                    }

                    File.SetUnixFileMode(path, (mode & Executable) != 0 ? s_program : s_data);
                }
            }

            // Last of all: no file is ever written through a link.
            return links.TrueForAll(link => MakeLink(directory, link.Path, link.Target)) ? null : CodeFault.Unreadable;
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or IOException or ArgumentException)
        {
            return CodeFault.Unreadable;
        }
    }

    private static readonly UnixFileMode s_data = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly UnixFileMode s_program = s_data | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Null for a name that leads out of the directory.
    private static string? Resolve(string directory, string name)
    {
        if (name.Length == 0 || name[0] == '/' || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(directory, name)).TrimEnd('/');
        return path.StartsWith(directory + "/", StringComparison.Ordinal) ? path : null;
    }

    private static long Copy(ZipArchiveEntry entry, string path, long limit)
    {
        using var source = entry.Open();
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[81920];
        long written = 0;
        while (source.Read(buffer) is var read and > 0)
        {
            written += read;
            if (written > limit)
            {
                return long.MaxValue / 2; // more than what is left, whatever that is
            }

            target.Write(buffer, 0, read);
        }

        return written;
    }

    private static string ReadLink(ZipArchiveEntry entry)
    {
        const int maxTarget = 4096;
        using var source = entry.Open();
        var buffer = new byte[maxTarget];
        return System.Text.Encoding.UTF8.GetString(buffer, 0, source.ReadAtLeast(buffer, maxTarget, throwOnEndOfStream: false));
    }

    // A link may point around inside of the code only, and stand behind no other link: through two of them a third could be made anywhere.
    private static bool MakeLink(string directory, string path, string target)
    {
        var parent = Path.GetDirectoryName(path)!;
        if (target.Length == 0 || target[0] == '/' || target.Contains('\0', StringComparison.Ordinal)
            || !(Path.GetFullPath(Path.Combine(parent, target)) + "/").StartsWith(directory + "/", StringComparison.Ordinal)
            || Path.Exists(path) || PassesLink(directory, path))
        {
            return false;
        }

        Directory.CreateDirectory(parent);
        File.CreateSymbolicLink(path, target);
        return true;
    }

    private static bool PassesLink(string directory, string path)
    {
        for (var slash = path.IndexOf('/', directory.Length + 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (new FileInfo(path[..slash]).LinkTarget is not null)
            {
                return true;
            }
        }

        return new FileInfo(path).LinkTarget is not null;
    }
}

/// <summary>What is wrong with an archive.</summary>
internal enum CodeFault
{
    Empty,
    Unreadable,
    TooLarge,
}
