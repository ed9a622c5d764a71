using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Domains and mappings in the shapes of version 2 of the management API.</summary>
internal static class DomainView
{
    public static DomainName Of(DomainRecord domain) => new()
    {
        ApiMappingSelectionExpression = "$request.basepath",
        DomainNameValue = domain.Name,
        DomainNameArn = domain.Arn,
        RoutingMode = "API_MAPPING_ONLY",
        Tags = domain.Tags,
        DomainNameConfigurations =
        [
            new DomainNameConfiguration
            {
                ApiGatewayDomainName = domain.Target,
                CertificateArn = domain.CertificateArn,
                CertificateName = domain.CertificateName,
                CertificateUploadDate = domain.CertificateSince,
                DomainNameStatus = "AVAILABLE",
                EndpointType = domain.EndpointType,
                HostedZoneId = Rest.DomainView.Of(domain) is var view ? view.RegionalHostedZoneId ?? view.DistributionHostedZoneId : null,
                IpAddressType = IpAddressType.Ipv4,
                SecurityPolicy = domain.SecurityPolicy,
            },
        ],
    };

    public static ApiMapping Of(DomainMapping mapping) =>
        new() { ApiId = mapping.ApiId, ApiMappingId = mapping.Id, ApiMappingKey = mapping.Key, Stage = mapping.Stage ?? "" };
}
