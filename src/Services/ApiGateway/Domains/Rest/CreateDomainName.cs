using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>Creates a custom domain name. <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html"/></summary>
internal sealed class CreateDomainName(DomainTable domains, DomainRules rules) : IHandler<CreateDomainNameInput, DomainName>
{
    public async ValueTask<Outcome<DomainName>> HandleAsync(CreateDomainNameInput input, CallContext context, CancellationToken cancel)
    {
        var refused = input.MutualTlsAuthentication is not null ? "mutualTlsAuthentication"
            : input.CertificateBody is not null || input.CertificatePrivateKey is not null ? "certificateBody"
            : input.Policy is not null ? "policy"
            : input.OwnershipVerificationCertificateArn is not null ? "ownershipVerificationCertificateArn"
            : input.RoutingMode is not (null or "API_MAPPING_ONLY") ? "routingMode " + input.RoutingMode
            : null;
        if (refused is not null)
        {
            return ApiGatewayV1Errors.BadRequestException.With($"Haneul does not support {refused} of CreateDomainName yet.");
        }

        var type = input.EndpointConfiguration?.Types is [var only] ? only : input.RegionalCertificateArn is null ? EndpointType.Edge : EndpointType.Regional;
        var isEdge = type == EndpointType.Edge;
        var record = rules.New(
            input.DomainName, type, isEdge ? input.CertificateArn : input.RegionalCertificateArn, input.SecurityPolicy, input.Tags, context)
            with { CertificateName = isEdge ? input.CertificateName : input.RegionalCertificateName };
        var created = await domains.UpdateAsync(
            (record, domains, context), static (current, batch, state) => DomainRules.Create(current, batch, state.record, state.domains, state.context));
        return DomainView.Of(created);
    }
}
