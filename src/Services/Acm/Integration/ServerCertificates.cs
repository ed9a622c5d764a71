using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Haneul.Acm.Authority;
using Haneul.Acm.Certificates;
using Haneul.Http;
using Haneul.Integration.Certificates;

namespace Haneul.Acm.Integration;

/// <summary>
/// Certificates for TLS: that of the custom domain name that is asked for, or one for the cloud's own names, which is signed when such a name is
/// first asked for. Strangers can ask for any name, so names that are not this machine's all get the same certificate.
/// </summary>
internal sealed class ServerCertificates(CertificateTable certificates, LocalAuthority authority, IServiceProvider services, TimeProvider time) : IServerCertificates
{
    private const int MostKept = 256;

    private static readonly string[] s_names = ["localhost", "*.localhost", "localhost.localstack.cloud", "*.localhost.localstack.cloud", "127.0.0.1", "::1"];
    private static readonly string[] s_suffixes = [".localhost", ".localhost.localstack.cloud", ".amazonaws.com", ".on.aws"];

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<ECDsa> _key = new(static () => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    // Asked for late: the services that have names may themselves ask for certificates.
    private readonly Lazy<ICertificateUsers[]> _users = new(() => [.. (IEnumerable<ICertificateUsers>)services.GetService(typeof(IEnumerable<ICertificateUsers>))!]);

    public SslStreamCertificateContext Find(string host)
    {
        foreach (var user in _users.Value)
        {
            if (host.Length > 0 && user.FindCertificate(host) is { } arn && certificates.Find(arn) is { } record)
            {
                // The same ARN may have another certificate by now.
                return Keep(arn, record.Certificate.GetHashCode(StringComparison.Ordinal), () => Open(record));
            }
        }

        // A star stands for one label, so one certificate serves all names below the same parent.
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var own = dot > 0 && !IPAddress.TryParse(host, out _) && Array.Exists(s_suffixes, suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
        var name = own ? "*" + host[dot..].ToLowerInvariant() : "";
        var day = (int)(time.GetUtcNow().ToUnixTimeSeconds() / (30 * 86_400));
        return _kept.Count >= MostKept && !_kept.ContainsKey(name)
            ? Keep("", day, () => Issue(s_names))
            : Keep(name, day, () => Issue(own ? [name, name[2..]] : s_names));
    }

    private SslStreamCertificateContext Keep(string name, int version, Func<SslStreamCertificateContext> make)
    {
        if (_kept.TryGetValue(name, out var kept) && kept.Version == version)
        {
            return kept.Context;
        }

        var context = make();
        _kept[name] = new Kept(version, context);
        return context;
    }

    private SslStreamCertificateContext Issue(IReadOnlyList<string> names)
    {
        using var certificate = authority.Issue(names, _key.Value);
        return SslStreamCertificateContext.Create(certificate.CopyWithPrivateKey(_key.Value), [authority.Certificate], offline: true);
    }

    private static SslStreamCertificateContext Open(CertificateRecord record)
    {
        var chain = new X509Certificate2Collection();
        if (record.Chain is not null)
        {
            chain.ImportFromPem(record.Chain);
        }

        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(record.Certificate, record.PrivateKey), chain, offline: true);
    }

    private sealed record Kept(int Version, SslStreamCertificateContext Context);
}
