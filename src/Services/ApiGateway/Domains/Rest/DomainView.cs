using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Domains and mappings in the shapes of the REST management API.</summary>
internal static class DomainView
{
    // The zones in which AWS keeps these names, by what the names are for.
    private const string EdgeZone = "Z2FDTNDATAQYW2";
    private const string RegionalZone = "Z1UJRXOUMOOFQ8";

    public static DomainName Of(DomainRecord domain) => new()
    {
        DomainNameValue = domain.Name,
        DomainNameArn = domain.Arn,
        CertificateArn = domain.IsEdge ? domain.CertificateArn : null,
        CertificateName = domain.IsEdge ? domain.CertificateName : null,
        CertificateUploadDate = domain.CertificateSince,
        RegionalCertificateArn = domain.IsEdge ? null : domain.CertificateArn,
        RegionalCertificateName = domain.IsEdge ? null : domain.CertificateName,
        RegionalDomainName = domain.IsEdge ? null : domain.Target,
        RegionalHostedZoneId = domain.IsEdge ? null : RegionalZone,
        DistributionDomainName = domain.IsEdge ? domain.Target : null,
        DistributionHostedZoneId = domain.IsEdge ? EdgeZone : null,
        EndpointConfiguration = new EndpointConfiguration { Types = [domain.EndpointType], IpAddressType = "ipv4" },
        DomainNameStatus = "AVAILABLE",
        SecurityPolicy = domain.SecurityPolicy,
        RoutingMode = "API_MAPPING_ONLY",
        Tags = domain.Tags,
    };

    public static BasePathMapping Of(DomainMapping mapping) =>
        new() { BasePath = MappingRules.Written(mapping.Key), RestApiId = mapping.ApiId, Stage = mapping.Stage };
}
