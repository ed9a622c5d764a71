using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Haneul.Acm.Contracts;

namespace Haneul.Acm.Authority;

/// <summary>ACM's names of key algorithms.</summary>
internal static class KeyAlgorithms
{
    /// <summary>Makes a key; null for an algorithm in which none can be requested.</summary>
    public static AsymmetricAlgorithm? Make(string algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => RSA.Create(2048),
        KeyAlgorithm.EcPrime256v1 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyAlgorithm.EcSecp384r1 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        _ => null,
    };

    /// <summary>The algorithm of a certificate's key; null for one that ACM does not take.</summary>
    public static string? Of(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            return rsa.KeySize is 1024 or 2048 or 3072 or 4096 ? $"RSA_{rsa.KeySize}" : null;
        }

        using var elliptic = certificate.GetECDsaPublicKey();
        return elliptic?.KeySize switch
        {
            256 => KeyAlgorithm.EcPrime256v1,
            384 => KeyAlgorithm.EcSecp384r1,
            521 => KeyAlgorithm.EcSecp521r1,
            _ => null,
        };
    }
}
