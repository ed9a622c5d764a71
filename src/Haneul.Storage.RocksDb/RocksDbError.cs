using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Haneul.Storage.RocksDb;

/// <summary>Turns the engine's error texts into exceptions that tell the operator what to do.</summary>
internal static class RocksDbError
{
    /// <summary>Takes the error over from the engine, if there is one.</summary>
    public static void Check(nint error, string directory)
    {
        if (error != 0)
        {
            Throw(Take(error), directory);
        }
    }

    public static string Take(nint error)
    {
        var text = Marshal.PtrToStringUTF8(error) ?? "unknown error";
        Native.RocksDb.Free(error);
        return text;
    }

    [DoesNotReturn]
    public static void Throw(string text, string directory) => throw From(text, directory);

    public static StorageException From(string text, string directory)
    {
        // The engine wraps one error into another: "Corruption: ... IO error: No such file". Space and locks are told by their cause.
        if (text.Contains("No space left", StringComparison.OrdinalIgnoreCase) || text.Contains("NoSpace", StringComparison.Ordinal)
            || text.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase))
        {
            return new StorageException(
                StorageFailure.Full,
                $"No space is left in {directory}: nothing was acknowledged, reads go on. Free some space or enlarge the volume; "
                + $"writes resume by themselves. ({text})");
        }

        if (text.Contains("lock hold by current process", StringComparison.Ordinal) || text.Contains("While lock file", StringComparison.Ordinal))
        {
            return new StorageException(
                StorageFailure.Locked,
                $"{directory} is in use by another process{DataDirectory.OwnerOf(directory)}. Stop it, or choose another data directory. ({text})");
        }

        if (text.StartsWith("Corruption", StringComparison.Ordinal) || text.Contains("checksum mismatch", StringComparison.Ordinal)
            || text.Contains("No such file or directory", StringComparison.Ordinal))
        {
            return new StorageException(
                StorageFailure.Corrupt,
                $"A file in {directory} is damaged or missing: {text}. Nothing was dropped or changed. Restore a backup, or copy the directory "
                + "and run `haneul repair` on the copy, which rebuilds the store from its undamaged files and names the ones it left out.");
        }

        return new StorageException(StorageFailure.Unavailable, $"The store in {directory} failed: {text}");
    }
}
