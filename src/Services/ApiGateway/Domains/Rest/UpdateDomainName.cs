using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>
/// Changes a custom domain name: its certificate, or its endpoint type together with the certificate that this needs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch"/>
/// </summary>
internal sealed class UpdateDomainName(DomainTable domains, DomainRules rules) : IHandler<UpdateDomainNameInput, DomainName>
{
    private static readonly PatchTable<Draft> s_patch = new PatchTable<Draft>(PatchWords.Plain)
        .On("/certificateArn", "replace", static (draft, step) => draft.EdgeCertificate = step.Text)
        .On("/certificateName", "replace", static (draft, step) => draft.CertificateName = step.Text)
        .On("/regionalCertificateArn", "replace", static (draft, step) => draft.RegionalCertificate = step.Text)
        .On("/regionalCertificateName", "replace", static (draft, step) => draft.CertificateName = step.Text)
        .On("/endpointConfiguration/types/{}", "replace", static (draft, step) => draft.Type = step.Value ?? "")
        .On("/securityPolicy", "replace", static (_, step) => DomainRules.CheckPolicy(step.Text));

    public async ValueTask<Outcome<DomainName>> HandleAsync(UpdateDomainNameInput input, CallContext context, CancellationToken cancel)
    {
        var changed = await domains.UpdateAsync((input, context, rules), static (current, batch, state) =>
        {
            var domain = DomainTable.Own(current, state.input.DomainName, state.context);
            var draft = new Draft { Type = domain.EndpointType, CertificateName = domain.CertificateName };
            s_patch.Apply(draft, state.input.PatchOperations);
            var certificate = (draft.Type == EndpointType.Edge ? draft.EdgeCertificate : draft.RegionalCertificate)
                ?? (draft.Type == domain.EndpointType ? domain.CertificateArn : null);
            if (draft.Type is not (EndpointType.Edge or EndpointType.Regional))
            {
                throw RestFaults.BadRequest($"Invalid endpoint type {draft.Type}");
            }

            state.rules.CheckCertificate(certificate, domain.Name, draft.Type, state.context);
            domain = domain with
            {
                EndpointType = draft.Type,
                CertificateArn = certificate!,
                CertificateName = draft.CertificateName,
                CertificateSince = certificate == domain.CertificateArn ? domain.CertificateSince : state.context.Time,
                Target = draft.Type == domain.EndpointType ? domain.Target : state.rules.NewTarget(draft.Type, state.context),
            };
            DomainTable.Put(batch, domain);
            return domain;
        });
        return DomainView.Of(changed);
    }

    private sealed class Draft
    {
        public required string Type { get; set; }

        public string? EdgeCertificate { get; set; }

        public string? RegionalCertificate { get; set; }

        public string? CertificateName { get; set; }
    }
}
