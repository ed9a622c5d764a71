using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>Makes self-signed certificates by which integrations know the API: RSA with 2048 bits, for a year, as AWS's are.</summary>
internal static class NewCertificate
{
    private const int KeyBits = 2048;
    private const int Days = 365;

    public static ClientCertificateRecord Make(
        string id, string? description, IReadOnlyDictionary<string, string>? tags, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=ApiGateway, OU=Haneul", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2", "TLS client authentication")], critical: false));
        using var certificate = request.CreateSelfSigned(now, now.AddDays(Days));
        return new ClientCertificateRecord(
            new ClientCertificate
            {
                ClientCertificateId = id,
                Description = description,
                PemEncodedCertificate = certificate.ExportCertificatePem(),
                CreatedDate = now,
                ExpirationDate = now.AddDays(Days),
                Tags = tags,
            },
            key.ExportPkcs8PrivateKey());
    }
}
