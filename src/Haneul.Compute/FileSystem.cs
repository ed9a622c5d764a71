using Haneul.Compute.Native;

namespace Haneul.Compute;

/// <summary>What the class library cannot ask of file systems.</summary>
public static class FileSystem
{
    /// <summary>Gives a file a second name in the same file system.</summary>
    public static void Link(string file, string name) => Libc.Check(Libc.Link(file, name), "link " + name);

    /// <summary>Makes everything durable that was written to the file system of a directory.</summary>
    public static void Sync(string directory)
    {
        using var opened = Descriptor.Open(directory, Libc.ReadOnly);
        Libc.Check(Libc.SyncFileSystem(opened.Number), "syncfs " + directory);
    }
}
