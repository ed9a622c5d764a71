using System.Xml.Linq;

namespace Haneul.Host.Tests;

/// <summary>The arrows of docs/architecture.md: who may reference whom.</summary>
public sealed class ReferencesTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Haneul.Kernel"] = [],
        ["Haneul.Wire"] = ["Haneul.Kernel"],
        ["Haneul.Auth"] = ["Haneul.Kernel"],
        ["Haneul.Policy"] = ["Haneul.Kernel"],
        ["Haneul.Storage"] = ["Haneul.Kernel"],
        ["Haneul.Storage.RocksDb"] = ["Haneul.Storage"],
        ["Haneul.Compute"] = ["Haneul.Kernel"],
        ["Haneul.Integration"] = ["Haneul.Kernel", "Haneul.Storage"],
        ["Haneul.Http"] = ["Haneul.Kernel"],
        ["Haneul.Gateway"] = ["Haneul.Kernel", "Haneul.Wire", "Haneul.Auth", "Haneul.Policy", "Haneul.Http"],
    };

    private static readonly string[] s_service = ["Haneul.Kernel", "Haneul.Storage", "Haneul.Integration", "Haneul.Policy", "Haneul.Compute", "Haneul.Http"];

    public static TheoryData<string> Projects =>
        [.. Directory.GetFiles(Path.Combine(Sources.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sources.Root, path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_the_architecture_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var references = XDocument.Load(Path.Combine(Sources.Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))).ToList();
        if (name == "Haneul.Host")
        {
            return; // The composition root knows everything.
        }

        var allowed = project.Contains("Services", StringComparison.Ordinal) ? s_service : s_allowed[name];
        Assert.Empty(references.Except(allowed));
    }
}
