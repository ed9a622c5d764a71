using System.Security.Cryptography.X509Certificates;

namespace Haneul.Acm.Certificates;

/// <summary>A certificate as it is stored.</summary>
internal sealed record CertificateRecord
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Id { get; init; }

    public required string DomainName { get; init; }

    /// <summary>The domain name first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary><c>AMAZON_ISSUED</c> or <c>IMPORTED</c>.</summary>
    public required string Type { get; init; }

    public required string KeyAlgorithm { get; init; }

    /// <summary>PEM.</summary>
    public required string Certificate { get; init; }

    /// <summary>PEM; null if an import has none.</summary>
    public string? Chain { get; init; }

    /// <summary>PKCS #8 in PEM.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>When it was requested or first imported.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was imported last.</summary>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>When it was renewed last.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    public string? ValidationMethod { get; init; }

    /// <summary>For DNS validation: the record's name and value, without the domain.</summary>
    public string? ValidationToken { get; init; }

    public string? IdempotencyToken { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string Arn => $"arn:aws:acm:{Region}:{Account}:certificate/{Id}";

    public X509Certificate2 Read() => X509Certificate2.CreateFromPem(Certificate);

    // Secrets must not reach logs through a record's generated text.
    public override string ToString() => Arn;
}
