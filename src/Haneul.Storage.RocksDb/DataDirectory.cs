using System.Globalization;

namespace Haneul.Storage.RocksDb;

/// <summary>The store's directory apart from the engine's own files: it names the process that has it open.</summary>
internal static class DataDirectory
{
    private const string OwnerFile = "owner.pid";

    /// <summary>Leaves this process's id for others that find the directory locked. The lock itself is the engine's.</summary>
    public static void Claim(string directory)
    {
        try
        {
            File.WriteAllText(Path.Combine(directory, OwnerFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // A courtesy to the operator: a full disk must not keep the store from opening.
        }
    }

    public static void Release(string directory)
    {
        try
        {
            File.Delete(Path.Combine(directory, OwnerFile));
        }
        catch (IOException)
        {
        }
    }

    /// <summary>The owner for a message, or nothing if it left no name.</summary>
    public static string OwnerOf(string directory)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(directory, OwnerFile));
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? $" (process {id})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
