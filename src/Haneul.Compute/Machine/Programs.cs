namespace Haneul.Compute.Machine;

/// <summary>Finds programs of the host.</summary>
internal static class Programs
{
    private static readonly string[] s_directories = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

    public static string? Find(string name) => s_directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
