using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Http;

/// <summary>Changes a custom domain name: its certificate, or its endpoint type.</summary>
internal sealed class UpdateDomainName(DomainTable domains, DomainRules rules) : IHandler<UpdateDomainNameRequest, DomainName>
{
    public async ValueTask<Outcome<DomainName>> HandleAsync(UpdateDomainNameRequest input, CallContext context, CancellationToken cancel)
    {
        if (input.MutualTlsAuthentication is not null || input.RoutingMode is not (null or "API_MAPPING_ONLY"))
        {
            return ApiGatewayV2Errors.BadRequestException.With("Haneul does not support mutualTlsAuthentication and routingMode of UpdateDomainName yet.");
        }

        var changed = await domains.UpdateAsync((input, context, rules), static (current, batch, state) =>
        {
            var domain = DomainTable.Own(current, state.input.DomainName, state.context);
            if (state.input.DomainNameConfigurations is [var wanted, ..])
            {
                DomainRules.CheckPolicy(wanted.SecurityPolicy);
                var type = wanted.EndpointType ?? domain.EndpointType;
                var certificate = wanted.CertificateArn ?? domain.CertificateArn;
                state.rules.CheckCertificate(certificate, domain.Name, type, state.context);
                domain = domain with
                {
                    EndpointType = type,
                    CertificateArn = certificate,
                    CertificateName = wanted.CertificateName ?? domain.CertificateName,
                    CertificateSince = certificate == domain.CertificateArn ? domain.CertificateSince : state.context.Time,
                    Target = type == domain.EndpointType ? domain.Target : state.rules.NewTarget(type, state.context),
                };
                DomainTable.Put(batch, domain);
            }

            return domain;
        });
        return DomainView.Of(changed);
    }
}
