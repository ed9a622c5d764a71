using System.Globalization;

namespace Haneul.Compute.Sandboxes;

/// <summary>The little of <c>/etc</c> that programs need, made for each sandbox so that nothing of the host's is shown.</summary>
internal static class SandboxEtc
{
    // Shown as on the host: the loader's cache, certificates, and where alternatives point to.
    private static readonly string[] s_shared = ["ld.so.cache", "ssl/certs", "ssl/openssl.cnf", "pki/tls/certs", "pki/ca-trust/extracted", "alternatives", "mime.types"];

    public static void Write(string directory, HostIdentity identity, string? resolver)
    {
        Directory.CreateDirectory(directory);
        var (user, group) = (identity.VisibleUser, identity.VisibleGroup);
        Put("passwd", string.Create(CultureInfo.InvariantCulture, $"root:x:0:0:root:/root:/bin/sh\nsbx_user1051:x:{user}:{group}::/home/sbx_user1051:/sbin/nologin\n"));
        Put("group", string.Create(CultureInfo.InvariantCulture, $"root:x:0:\nsbx_user1051:x:{group}:\n"));
        Put("hosts", "127.0.0.1 localhost localhost.localdomain\n::1 localhost\n");
        Put("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        Put("resolv.conf", resolver is null ? "options timeout:1 attempts:1\n" : $"nameserver {resolver}\n");

        void Put(string name, string text) => File.WriteAllText(Path.Combine(directory, name), text);
    }

    /// <summary>Mount points and sources of what is shared, for those that the host has. The points are made in <paramref name="directory"/>.</summary>
    public static IEnumerable<(string Inside, string Outside)> Shared(string directory)
    {
        foreach (var name in s_shared)
        {
            var outside = "/etc/" + name;
            var point = Path.Combine(directory, name);
            if (Directory.Exists(outside))
            {
                Directory.CreateDirectory(point);
            }
            else if (File.Exists(outside))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(point)!);
                File.WriteAllText(point, "");
            }
            else
            {
                continue;
            }

            yield return (outside, outside);
        }
    }
}
