using System.Security.Cryptography;
using System.Text;
using Haneul.Compute;
using Haneul.Kernel.Cloud;
using Haneul.Lambda.Code;

namespace Haneul.Lambda.Layers;

/// <summary>
/// The directory that functions see at <c>/opt</c>: of one layer its own, of several a directory of hard links in which later layers cover earlier ones.
/// </summary>
internal sealed class LayerStack
{
    private readonly CodeStore _code;
    private readonly string _root;
    private readonly Lock _lock = new();

    public LayerStack(CloudEnvironment environment, CodeStore code)
    {
        _code = code;
        _root = Path.Combine(environment.DataDirectory, "lambda", "layers");

        // Made anew when it is needed: what an earlier process left may be of layers that are gone.
        if (System.IO.Directory.Exists(_root))
        {
            System.IO.Directory.Delete(_root, recursive: true);
        }
    }

    /// <summary>The layers' codes must be pinned.</summary>
    /// <returns>Null without layers.</returns>
    public string? Directory(IReadOnlyList<LayerUse> layers)
    {
        if (layers.Count == 0)
        {
            return null;
        }

        if (layers.Count == 1)
        {
            return _code.Unpacked(layers[0].Code);
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', layers.Select(layer => layer.Code)))));
        var merged = Path.Combine(_root, name);
        lock (_lock)
        {
            if (!System.IO.Directory.Exists(merged))
            {
                var beside = merged + ".new";
                if (System.IO.Directory.Exists(beside))
                {
                    System.IO.Directory.Delete(beside, recursive: true);
                }

                System.IO.Directory.CreateDirectory(beside);
                foreach (var layer in layers)
                {
                    Cover(new DirectoryInfo(_code.Unpacked(layer.Code)), beside);
                }

                System.IO.Directory.Move(beside, merged);
            }
        }

        return merged;
    }

    // What is there already and is not a directory on both sides goes: nothing is ever put behind a link.
    private static void Cover(DirectoryInfo source, string target)
    {
        foreach (var item in source.EnumerateFileSystemInfos())
        {
            var path = Path.Combine(target, item.Name);
            var isDirectory = item is DirectoryInfo && item.LinkTarget is null;
            var there = new DirectoryInfo(path);
            if (there.LinkTarget is not null || File.Exists(path))
            {
                File.Delete(path);
            }
            else if (there.Exists && !isDirectory)
            {
                there.Delete(recursive: true);
            }

            if (isDirectory)
            {
                System.IO.Directory.CreateDirectory(path);
                Cover((DirectoryInfo)item, path);
            }
            else if (item.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(path, link);
            }
            else
            {
                FileSystem.Link(item.FullName, path);
            }
        }
    }
}
