using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Haneul.Kernel.Cloud;

namespace Haneul.Acm.Authority;

/// <summary>
/// The cloud's own certificate authority: made when the first certificate is, kept in the data directory as <c>ca.pem</c>, which clients trust, and
/// <c>ca-key.pem</c>, which only its owner may read.
/// </summary>
internal sealed class LocalAuthority(CloudEnvironment environment, TimeProvider time) : IDisposable
{
    /// <summary>How long a certificate lives.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(395);

    private const string CertificateFile = "ca.pem";
    private const string KeyFile = "ca-key.pem";

    private readonly Lock _lock = new();
    private X509Certificate2? _authority;

    /// <summary>The authority's certificate in PEM.</summary>
    public string Chain => Authority().ExportCertificatePem() + "\n";

    public X509Certificate2 Certificate => Authority();

    /// <summary>Signs a certificate for host names.</summary>
    /// <param name="names">The first becomes the subject.</param>
    /// <param name="key">RSA or ECDSA.</param>
    public X509Certificate2 Issue(IReadOnlyList<string> names, AsymmetricAlgorithm key)
    {
        // The common name holds 64 characters at most; names count by the extension alone.
        var subject = new X500DistinguishedName("CN=" + (names[0].Length <= 64 ? names[0] : "haneul"));
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (System.Net.IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var authority = Authority();
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var now = time.GetUtcNow();
        var begin = now.AddDays(-1) < authority.NotBefore ? authority.NotBefore : now.AddDays(-1);
        var end = now + Life > authority.NotAfter ? authority.NotAfter : now + Life;
        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7f;
        using var signer = authority.GetECDsaPrivateKey()!;
        return request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), begin, end, serial);
    }

    public void Dispose() => _authority?.Dispose();

    private X509Certificate2 Authority()
    {
        lock (_lock)
        {
            return _authority ??= Open();
        }
    }

    private X509Certificate2 Open()
    {
        var certificate = Path.Combine(environment.DataDirectory, CertificateFile);
        var key = Path.Combine(environment.DataDirectory, KeyFile);
        if (!File.Exists(certificate) || !File.Exists(key))
        {
            using var made = Make();
            using var secret = made.GetECDsaPrivateKey()!;
            Write(key, secret.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Write(certificate, made.ExportCertificatePem() + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        return X509Certificate2.CreateFromPemFile(certificate, key);
    }

    private X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Haneul Local Authority, O=Haneul", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddYears(20));
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
