using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Haneul.ApiGateway.Rest.Account;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// The certificates by which stages make themselves known to HTTP endpoints.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html"/>
/// </summary>
internal sealed class ClientCertificates(RestTable apis)
{
    private const int MaxKept = 256;

    // A certificate never changes but for its description. Those that are dropped may still be in use, so they are left to the collector.
    private readonly ConcurrentDictionary<string, X509Certificate2> _kept = new(StringComparer.Ordinal);

    /// <returns>Null if the stage names none, or one that is gone.</returns>
    public X509Certificate2? Of(RestCall call)
    {
        if (call.Stage.ClientCertificateId is not { Length: > 0 } id)
        {
            return null;
        }

        if (_kept.TryGetValue(id, out var kept))
        {
            return kept;
        }

        var key = AccountTable.Key(ApiGatewayKeyspace.ClientCertificates, call.Account, call.Region, id);
        if (StoredJson.Read(apis.Partition, key, RestRecords.Default.ClientCertificateRecord) is not { } record)
        {
            return null;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(record.PrivateKey, out _);
        using var bare = X509Certificate2.CreateFromPem(record.Certificate.PemEncodedCertificate);
        return _kept[id] = bare.CopyWithPrivateKey(rsa);
    }
}
