using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Creates a custom domain name. <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html"/></summary>
internal sealed class CreateDomainName(DomainTable domains, DomainRules rules) : IHandler<CreateDomainNameRequest, DomainName>
{
    public async ValueTask<Outcome<DomainName>> HandleAsync(CreateDomainNameRequest input, CallContext context, CancellationToken cancel)
    {
        if (input.DomainNameConfigurations is not [var configuration])
        {
            return ApiGatewayV2Errors.BadRequestException.With("Exactly one DomainNameConfiguration must be given.");
        }

        var refused = input.MutualTlsAuthentication is not null ? "mutualTlsAuthentication"
            : configuration.OwnershipVerificationCertificateArn is not null ? "ownershipVerificationCertificateArn"
            : input.RoutingMode is not (null or "API_MAPPING_ONLY") ? "routingMode " + input.RoutingMode
            : configuration.IpAddressType is not (null or IpAddressType.Ipv4) ? "ipAddressType " + configuration.IpAddressType
            : null;
        if (refused is not null)
        {
            return ApiGatewayV2Errors.BadRequestException.With($"Haneul does not support {refused} of CreateDomainName yet.");
        }

        var record = rules.New(
            input.DomainName, configuration.EndpointType ?? EndpointType.Regional, configuration.CertificateArn, configuration.SecurityPolicy, input.Tags, context)
            with { CertificateName = configuration.CertificateName };
        var created = await domains.UpdateAsync(
            (record, domains, context), static (current, batch, state) => DomainRules.Create(current, batch, state.record, state.domains, state.context));
        return DomainView.Of(created);
    }
}
