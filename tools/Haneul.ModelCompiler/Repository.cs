namespace Haneul.ModelCompiler;

/// <summary>Finds the repository around the working directory.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(Environment.CurrentDirectory);

    public static string Models => Path.Combine(Root, "models");

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Haneul.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Run this inside the repository.");
    }
}
