using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Domains;

/// <summary>A custom domain name with its mappings. It is one thing in both versions of the management API.</summary>
internal sealed record DomainRecord
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>In lower case; the first label may be <c>*</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>EDGE</c> or <c>REGIONAL</c>.</summary>
    public required string EndpointType { get; init; }

    public required string CertificateArn { get; init; }

    /// <summary>As the owner calls the certificate.</summary>
    public string? CertificateName { get; init; }

    public required string SecurityPolicy { get; init; }

    /// <summary>Where DNS should point to: a name of API Gateway or CloudFront.</summary>
    public required string Target { get; init; }

    public required DateTimeOffset CertificateSince { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public IReadOnlyList<DomainMapping> Mappings { get; init; } = [];

    public bool IsEdge => EndpointType == "EDGE";

    public string Arn => $"arn:aws:apigateway:{Region}::/domainnames/{Name}";

    public bool BelongsTo(CallContext context) => Account == context.Account.Value && Region == context.Region.Name;

    /// <summary>The mapping with the longest key that a path begins with.</summary>
    /// <param name="path">Percent-encoded; begins with a slash.</param>
    public DomainMapping? Match(string path)
    {
        DomainMapping? found = null;
        foreach (var mapping in Mappings)
        {
            if (mapping.IsPrefixOf(path) && (found is null || mapping.Key.Length > found.Key.Length))
            {
                found = mapping;
            }
        }

        return found;
    }
}

/// <summary>Which API is served below a part of a domain.</summary>
/// <param name="Id">For API mappings.</param>
/// <param name="Key">The base path, without slashes at its ends; empty for everything.</param>
/// <param name="ApiId">A REST or an HTTP API.</param>
/// <param name="Stage">Its stage; null where the path goes on with it.</param>
internal sealed record DomainMapping(string Id, string Key, string ApiId, string? Stage)
{
    public bool IsPrefixOf(string path) =>
        Key.Length == 0
        || (path.Length > Key.Length && path.AsSpan(1).StartsWith(Key, StringComparison.Ordinal) && (path.Length == Key.Length + 1 || path[Key.Length + 1] == '/'));
}
